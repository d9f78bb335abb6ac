"""Names as programmers of other countries write them, and what reading them must not cost or change.

The tables are written as those of ``test_names.py``: ``category: path path``.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_names import SILENT as ENGLISH_SILENT
from tests.test_names import STRONG as ENGLISH_STRONG
from tests.test_names import _context, _pairs

from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.languages import BEGIN, languages_of_words, make_index, readings
from discreet.catalogue.names import judge, judge_callable
from discreet.catalogue.vocabulary import EVERYWHERE, LEVELS, QUALIFIERS, languages, vocabulary

_INDEX = resources.files("discreet.catalogue").joinpath("data/names/index.json")

STRONG = """
national_id: DataKaryawan.NIK müşteri.tc nro_dni паспорт_серия cpf_paciente 身份证件号码 주민등록번호 identity_card_no
user_id: id_paciente idHasta id_aluno
date_of_birth: geboorte_datum_maand tgllahir fechanacimiento dogumTarihi
vital_signs: signos_vitales.oximetria frec_cardiaca
vehicle_registration: veicolo.targa Fahrzeug.kennzeichen vehicule.immatriculation coche.matricula veiculo.placa
    voertuig.kenteken pojazd.numer_rejestracyjny auto.gosnomer 车辆.车牌 arac.plaka kendaraan.plat_nomor 车牌号 госномер
religion: DataOrangTua.AGAMA_AYAH agama_ibu veroispovedanie вероисповедание religionsgemeinschaft
postal_address: alamat_orang_tua alamat_siswa direccion_residencia прописка ikametgah 户籍所在地 adresse_ligne1
    strasse_nr huisnummer_toevoeging adres_korespondencyjny endereço_logradouro 本籍地 거주지주소 residenza_comune
phone: no_hp_orang_tua telefon_dienstlich tel_portable mobilnr nr_komorki 緊急連絡先 비상연락처 cep_tel
education: pendidikan_terakhir nivel_educativo escolaridade niveau_etude titolo_di_studio образование 文化程度
    학력 最終学歴
health: HistoriaClinica.diagnostico historia_clinica.hallazgos riwayat_penyakit anamnese_text keluhan_utama
    motivo_consulta queixa_principal antecedents_familiaux anamnesi_familiare жалобы vorerkrankung
    kronik_hastalik 現病歴 기저질환 主诉 voorgeschiedenis schorzenia
marital_status: status_nikah estado_conyugal statut_marital zivilstand семейный_статус medeni_durumu 婚否
    혼인여부 婚姻状況
birth_place: commune_naissance provincia_nascita ciudad_nacimiento 출생지 страна_рождения geburtsland
salary: penghasilan_ayah sueldo_mensual salário_bruto salaire_mensuel bruttolohn stipendio_lordo 月收入 基本給
family_member: anne_adı baba_adı grau_parentesco lien_parente состав_семьи 続柄 가족관계
name: evento.nome_cliente nome_cliente cliente_nome cliente.nome nome_do_cliente nome_completo
    nomeCliente nomes_clientes
    nombre_cliente nombreCompleto usuario.nombre nom_client client_nom utilisateur.nom nom_complet nome_paziente
    paziente.nome nome_e_cognome kundenname kunde.name naam_klant klant.naam imie_nazwisko imię_i_nazwisko
    имя_клиента клиент.имя imya_klienta fio фио müşteri_adı ad_soyad kullanici.adi nama_pelanggan pelanggan.nama
    nama_lengkap 氏名 お客様の名前 顧客名 shimei 고객명 고객이름 성명
first_name: prénom prenom_eleve vorname voornaam imie_klienta primeiro_nome nome_proprio primer_nombre nama_depan
last_name: apellido apellidos sobrenome nom_de_famille cognome nachname achternaam nazwisko фамилия familiya soyad
    soyadı 苗字 myouji nama_belakang
email: email_cliente correo_electronico correoElectronico endereco_email adresse_email adresse_mail courriel
    indirizzo_email email_adresse emailadres adres_email электронная_почта eposta e_posta_adresi alamat_email
    メールアドレス 이메일
phone: telefone_cliente numero_telefone numeroTelefone telefone_celular telefono_cliente numero_de_telefono
    numero_telephone téléphone telephone_portable num_telephone telefonnummer kunden_telefonnummer handynummer
    telefoonnummer numer_telefonu nr_telefonu номер_телефона nomer_telefona telefon_no cep_telefonu no_hp
    nomor_telepon 電話番号 お客様の電話番号 denwabangou 전화번호 휴대폰번호
postal_address: endereco_cliente endereço_entrega direccion_envio usuario.direccion domicilio adresse_livraison
    client_adresse indirizzo_residenza anschrift lieferadresse wohnadresse hausnummer woonadres adres_zamieszkania
    адрес_доставки ev_adresi alamat_rumah 住所 juusho 집주소
date_of_birth: data_nascimento data_de_nascimento dataNascimento fecha_nacimiento fecha_de_nacimiento
    date_naissance date_de_naissance data_nascita data_di_nascita geburtsdatum geburtstag geboortedatum
    data_urodzenia дата_рождения data_rozhdeniya doğum_tarihi tanggal_lahir tgl_lahir 生年月日 seinengappi
    생년월일
password: senha contraseña contrasena mot_de_passe motDePasse passwort kennwort wachtwoord hasło пароль parola
    パスワード 비밀번호 kata_sandi
username: nome_usuario nombre_usuario nom_utilisateur nome_utente benutzername gebruikersnaam nazwa_uzytkownika
    kullanıcı_adı nama_pengguna ユーザー名
national_id: cpf cpf_cliente numero_cpf curp codice_fiscale codiceFiscale personnummer fødselsnummer cpr_nummer
    pesel nr_pesel isikukood tc_kimlik_no tckn снилс aadhaar aadhaar_number nric hkid jmbg rodne_cislo
    burgerservicenummer usuario.dni cliente.rg customer.nik citizen.oib user.nie マイナンバー 주민등록번호 no_ktp
    nomor_nik numero_dni cedula
passport: passaporte pasaporte numero_passeport passaporto reisepassnummer paspoortnummer numer_paszportu
    パスポート番号 여권번호
bank_account: conta_bancaria cuenta_bancaria numero_de_compte conto_corrente kontonummer rekeningnummer
    numer_konta 口座番号 계좌번호 nomor_rekening
salary: salario sueldo salaire stipendio gehalt salaris wynagrodzenie зарплата maaş gaji 給与 급여
gender: sexo geschlecht geslacht płeć cinsiyet jenis_kelamin 성별 性別
health: diagnostico enfermedad maladie malattia krankheit choroba диагноз penyakit 病名
nationality: nacionalidade nacionalidad nationalité cittadinanza staatsangehörigkeit nationaliteit 国籍
marital_status: estado_civil situation_familiale familienstand stan_cywilny
name: mitglied.name schuelername notfallkontakt_name lid.naam anggota.nama nm_dokter nm_ibu
    nombre_visitante AnagraficaUtente.nome nom_directeur resp_nom eleve.postnom contato_emergencia_nome
postal_address: mitglied.strasse AnagraficaUtente.indirizzo ulicaZamieszkania pasien.kelurahan Domicilio.comuna
phone: contacto_emergencia_telefono numerGSM AnagraficaUtente.cellulare telephone_secondaire nohp
postcode: mitglied.plz kodPocztowyZamieszkania
password: password_actual password_confirmar
vital_signs: HistoriaClinica.talla peso_inicial_kg PemeriksaanRalan.tensi perimetro_cintura_cm
health: diabetes_gestacional diagnostico_clinico maladie_particuliere problemi_cardiaci
health_insurance_id: numero_afiliado_os numero_carteirinha
national_id: carta_identita_fronte numero_cnss student_iin
family_member: lien_tuteur notfallkontakt_beziehung hijos_vivos
tax_id: numero_impot
user_id: empleado.legajo penilai.nip
salary: prime_transport employe.taux_horaire
name: ho_ten hoVaTen tenKhachHang pacient.nume nume_si_prenume jmeno_a_prijmeni zakaznik.jmeno medlem.navn kundenavn
    kokonimi
    asiakas.nimi teljes_név anyja_neve onomateponymo 申领人姓名 shenlingrenxingming nome_coordenador
first_name: prenume křestní_jméno förnamn fornavn etunimi keresztnév imię_pierwsze
last_name: nume_de_familie příjmení priezvisko efternamn etternavn sukunimi vezetéknév eponymo ap_paterno
phone: so_dien_thoai numar_telefon telefonní_číslo mobilnummer tlf_nr puhelinnumero telefonszám kinito tel_cel
    ortu.no_hp
email: email_cim sähköpostiosoite e_postadress emailová_adresa
date_of_birth: ngay_sinh BenhNhan.NgaySinh data_nasterii datum_narození födelsedatum fødselsdato syntymäaika
    születési_dátum
    imerominia_gennisis dt_nasc fec_nac gebdatum
national_id: so_cccd số_cmnd serie_ci rodne_cislo personnumret fødselsnummeret henkilötunnus személyi_szám
    arithmos_taftotitas sfzh
    aadhaar_card_no voter.aadhaar_vid nomor_kk no_kartu_keluarga titular_cpf
postal_address: dia_chi_thuong_tru domiciliu trvalé_bydliště gatuadress vejnavn katuosoite lakcím num_ext jtdz
    desa_kelurahan
    endereco_logradouro morada_completa indirizzo_residenza
voter_id: voter_id_card numero_titulo_eleitor carte_electeur
payment_account: upi_id chave_pix
bank_account: numero_clabe nro_cbu číslo_účtu tilinumero bankszámlaszám so_tai_khoan coordonnees_bancaires
health: tien_su_benh simptome istoric_medical hypotheses_diagnostic patologie_pregresse
vital_signs: nhom_mau grupa_sanguina krevní_skupina kan_basinci
marital_status: tinh_trang_hon_nhan stare_civila rodinný_stav sivilstatus siviilisääty
nationality: quoc_tich cetatenie statsborgerskap kansalaisuus állampolgárság
family_member: ho_ten_cha prenume_tata patronymo nome_completo_mae pita_pati_naam
user_id: ma_nhan_vien numar_matricol medlemsnr jäsennumero num_matricola_studente
"""

WRITTEN_AS_ONE = "name: namapasien nombrecliente tenkhachhang\nphone: telefonocliente\nemail: emailcliente"
"""A head that stands first and whose it is."""

SILENT = """
ComitatoSerializer.telefono sede.telefono targa_ricordo placa_de_video alumno.matricula estudiante.matricula
kennzeichen tablica tablica.rozmiar placa.base
Documento.PASSAPORTO CamposFormulario.TELEFONO namafile nomeproduto nombretabla ttl sous_vide_ribs id_produto
numero_clientes num_clients numero_empleados nota nota_fiscal notes note position funktion funcao rh dpi run cor
uf piso talla
placa dosis foto pesan mesaj mensaje kota jalan suku golongan tc RiwayatKota.NAMA DataBarang.NAMA Siswa.JUMLAH_SISWA
Pelanggan.STATUS dosis_producto tamatan_dari rost ves lengte gewicht boy kilo il not pata il_kodu
nome_arquivo nome_do_arquivo arquivo.nome nome_produto produto.nome nome_arquivo_cliente nome_tabela nome_file
nome_prodotto nombre_archivo archivo.nombre nombre_producto nombre_tabla nombre_clientes_total nom_fichier
fichier.nom nom_produit nom_colonne nombre_clients dateiname datei_name produktname produkt.name naam_bestand
nazwa_pliku plik.nazwa имя_файла файл.имя dosya_adı nama_berkas nama_produk ファイル名 商品名 파일이름 상품명
data_criacao data_atualizacao data_inicio fecha_creacion fecha_inicio date_creation data_creazione data_utworzenia
erstellungsdatum enviar_email email_enviado email_valido email_existe tem_email modelo_email enviar_email_cliente
validar_cpf cpf_valido correo_enviado validar_telefono envoyer_email modele_email email_envoye invia_email
sende_email wyslij_email numero_clientes total_usuarios lista_produtos cantidad_usuarios nombre_utilisateurs
tipo_usuario estado_usuario statut_client codigo codigo_produto numero_pedido numero_factura num_commande
bestellnummer nome nom nombre naam name nama имя sin pan nik inn rut nie cpr din nir dni bin cin egn cnp data nr
norm senha_hash mot_de_passe_hash hash_senha senha_valida passwort_hash contrasena_cifrada
    kind_name trainer_naam_lijst matricule peso_bruto vereinsname produktname fax_secretaria sucursal_nombre
    ClinicaPequena.talla
ten ten_minutes top_ten user_ttl beta beta_coef elev elevation.elev namn navn nimi nume namespace nombreproducto
    classe_eleve
numero_cliente numero_clientes moi them user_dom asn.name person_bb data_types san_pham ten_san_pham ma_san_pham
"""


@pytest.mark.parametrize(("category", "path"), [pair for pair in _pairs(STRONG) if ":" not in pair[1]])
def test_a_name_in_another_language(category: str, path: str) -> None:
    assert judge(*_context(path)) == (category, "strong")


@pytest.mark.parametrize(("category", "path"), _pairs(WRITTEN_AS_ONE))
def test_a_head_that_stands_first_may_be_written_as_one_with_whose_it_is(category: str, path: str) -> None:
    guess = judge(path)
    assert guess is not None
    assert (guess.category, guess.strength) == (category, "strong")


@pytest.mark.parametrize("path", SILENT.split())
def test_a_name_in_another_language_about_something_else(path: str) -> None:
    guess = judge(*_context(path))
    assert guess is None or guess.strength == "weak"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("obter_telefone_cliente", "phone"),
        ("buscar_email", "email"),
        ("obtener_correo_electronico", "email"),
        ("récupérer_numero_telephone", "phone"),
        ("hole_geburtsdatum", "date_of_birth"),
    ],
)
def test_a_function_that_names_its_result(name: str, category: str) -> None:
    assert judge_callable(name) == (category, "strong")


@pytest.mark.parametrize("name", ["enviar_email", "validar_cpf", "envoyer_courriel", "sende_passwort", "wyślij_hasło"])
def test_a_function_that_acts(name: str) -> None:
    assert judge_callable(name) is None


@pytest.mark.parametrize(("person", "thing"), [("cliente", "arquivo"), ("usuario", "archivo"), ("client", "fichier")])
@pytest.mark.parametrize("head", ["nome", "nombre", "nom"])
def test_a_head_that_stands_first_belongs_to_what_follows(head: str, person: str, thing: str) -> None:
    assert judge(f"{head}_{thing}") is None
    assert judge(f"{head}_{thing}_{person}") is None  # the file's name, whoever's file it is


def test_what_follows_the_head_may_be_more_than_one_person() -> None:
    assert judge("nome_cliente_antigo") == ("name", "strong")
    assert judge("telefone_do_novo_cliente") == ("phone", "strong")


@pytest.mark.parametrize("style", ["data_nascimento", "dataNascimento", "data-nascimento", "datanascimento"])
def test_the_style_of_writing_makes_no_difference(style: str) -> None:
    assert judge(style, ("paciente",)) == ("date_of_birth", "strong")


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("prenom", "prénom"),
        ("contrasena", "contraseña"),
        ("fuehrerschein", "führerschein"),
        ("fuhrerschein", "führerschein"),
        ("plec", "płeć"),
        ("dogum_tarihi", "doğum_tarihi"),
        ("foedselsnummer", "fødselsnummer"),
        ("soyadi", "soyadı"),
        ("phone", "ｐｈｏｎｅ"),
    ],
)
def test_accents_and_width_make_no_difference(plain: str, written: str) -> None:
    assert judge(plain) == judge(written) is not None


def test_what_is_written_in_english_reads_english_alone() -> None:
    program = (
        "from discreet.catalogue.names import judge\n"
        "from discreet.catalogue.vocabulary import vocabulary\n"
        "for name in ('customer_email', 'user_name', 'file', 'order_total', 'phone_number', 'data', 'persona_name'):\n"
        "    judge(name, ('customer',))\n"
        "print(vocabulary.cache_info().currsize)\n"
    )
    assert _run(program) == "1\n"


def test_a_verdict_does_not_depend_on_what_was_read_before() -> None:
    paths = [path for _, path in _pairs(STRONG + ENGLISH_STRONG)] + SILENT.split() + ENGLISH_SILENT.split()
    said = {}
    for order in (paths, paths[::-1]):
        program = (
            "from discreet.catalogue.names import judge, is_person\n"
            f"paths = {order!r}\n"
            "said = {}\n"
            "for path in paths:\n"
            "    *context, name = path.split('.')\n"
            "    said[path] = repr((judge(name, tuple(context)), is_person(name)))\n"
            "print(sorted(said.items()))\n"
        )
        said[tuple(order)] = _run(program)
    assert len(set(said.values())) == 1


def _run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


def test_the_index_is_that_of_the_files() -> None:
    assert _INDEX.read_text(encoding="utf-8") == make_index(), "run: python -m discreet.catalogue.languages"


@pytest.mark.parametrize("language", languages())
def test_whatever_a_language_says_can_be_found_by_the_index(language: str) -> None:
    """A term that the index can't lead to would be believed in one file and not in the next."""
    index, known = languages_of_words(), vocabulary(language)
    for term in known.own & known.terms.keys():
        if term.isascii() and len(term) > 1:
            assert (
                language in index[term[:BEGIN]].get(term, "").split(",") or term in known.link or term in known.thing
            ), term


@pytest.mark.parametrize("language", [*languages(), *EVERYWHERE])
def test_a_language_speaks_of_categories_that_there_are(language: str) -> None:
    said = read_data(f"names/{language}.toml").get("category", {})
    assert not said.keys() - categories().keys()
    for category, row in said.items():
        assert not row.keys() - {*LEVELS, *QUALIFIERS, "machines_too", "things_too", "places_too"}, category


def test_english_has_a_name_for_every_category() -> None:
    said = {term.category for term in vocabulary().terms.values()}
    assert said == categories().keys()


@given(st.lists(st.sampled_from(["nome", "cliente", "de", "arquivo", "email", "novo", "数", "имя", "2"]), max_size=6))
def test_readings_are_at_least_one_and_always_the_same(words: list[str]) -> None:
    name = "_".join(words)
    first = readings(name, ("cliente",))
    assert first
    assert first == readings(name, ("cliente",))
