"""Names as a privacy engineer reads them.

A table says ``category: path path``. The last part of a path is the name, the parts to its left are its context
(``order.customer.email``).
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discreet.catalogue.names import cleans, is_configuration, is_of_another, is_person, judge, judge_callable
from discreet.catalogue.speaking import may_speak, speaks
from discreet.catalogue.vocabulary import languages, vocabulary
from discreet.catalogue.words import split_name

STRONG = """
email: bot.user.email email user_email customer_email customerEmail CustomerEmail.email e-mail e_mail emails user.email
    order.customer.email email_address emailAddress email2 email_str new_email billing_email useremail
    recipient_email to_email _email row.EMAIL Customer.EMAIL CustomerModel.EMAIL EmailMessage.to Email.bcc
    envelope_to rcpt_tos
    normalize_meta_message.email meta_payload.email
    def:send_email.to owner_email business_owner_email def:send_mail.recipients def:send_mails.cc
    user.Email request.POST.email created_by_email users_by_org.email sign_only_users_by_org.email
    user__email email__iexact email_for_user normalized_email contactEmail patient_email_1 邮箱 用户邮箱 ｅｍａｉｌ
phone: ship_to_phone x_client_phone pager_number CustomerFields.phone phone phone_number phoneNumber
    phone_numbers mobile_number customer.mobile user_phone telephone home_phone
    phone2 next_of_kin_phone msisdn cellphone user.tel PhoneNumber.phone_number 手机号 联系电话 用户手机号 shoujihao
    shou_ji_hao lianxidianhua room.phone_number def:send_sms.to def:send_sms.recipient def:send_sms_code.number
    SmsClient.recipient def:try_send_whatsapp.to_number
    SmsSendResult.to sms.to_number def:send_whatsapp_message.to def:twilio_call.to_number sms.recipients
name: contact_name def:build_context.patient_name guest.full_name client_full_name ClientForm.name
    MemberSerializer.member_name OwnerRecord.name customerKana
    customer.name Customer.name patient_name visit.patient_id.name order.customer_ids.name appointment.name
    patientName user.full_name self.patient.name user.display_name
    cardholder_name employee_name recipient_name user_form.name patient.cleaned_data.name student.name author.name
    bot.owner.user.name guardian_name created_by.name created_by_name user_data.name UserSerializer.name
    CreateUserRequest.name next_of_kin_name 姓名 客户姓名 xingming xing_ming 患者.名字 用户.name
    assigned_to_name CustomerFields.full_name student.full_name_en
first_name: x_ship_to_first_name first_name firstName firstname given_name user.first_name
last_name: last_name surname lastName family_name patient_last_name
postal_address: address_info.primary_city CDUAddressUpdate.suburb billing_address.locality home_address
    street_address customer.address user_address shipping_address billingAddress
    address_line1 address_line_2 shipping_address.city Address.street UserAddress.line1 patient.city
    customer.address2 order.shipping_address 家庭住址 收货地址 用户地址
postcode: postcode zip_code zipCode postal_code customer.location.zip_code user_location.postcode home_zip_code
    def:move_home.zip_code def:list_customers.zip_code customer.home.zip_code
national_id: ssn social_security_number aadhaar_number user.ssn national_id patient_ssn df.ssn row.SSN
    id_card_number customer_id_card 身份证号 身份證號 shenfenzheng shen_fen_zheng_hao 证件号码
passport: passport_number passportNo
driving_licence: drivers_license driving_licence_number
tax_id: taxpayer_id employee_tax_id def:get_pan_kyc_details.pan kyc.pan KycRequest.pan
voter_id: def:get_voter_kyc_details.epic_no voter_card.epic_no
passport: def:verify_passport.file_number passport.file_number
phone: wa_id contact.wa_id
bank_account: iban bank_account_number customer.account_number
card_number: card_number creditCardNumber cc_number 银行卡号
card_security: cvv cvc cvv2 card_cvc
date_of_birth: date_of_birth birth_date dob birthday dateOfBirth user.birthdate patient_dob birth_year 出生日期
    shengri
age: user.age patient_age age_years 年龄
gender: gender sex SEX(1=m,2=f) user.sex patient_gender 性别 xingbie
health: HealthCheckUserProfile.preexisting_condition reason_for_consultation MedicalRecord.disorder
    clinical_notes.findings diagnosis patient.diagnosis medical_history 诊断
vital_signs: VitalSigns.pulse triage.bp systolic_blood_pressure blood_type patient.weight
medical_record_number: mrn 病历号
salary: salary employee.salary base_salary user_income 工资 gongzi
location: user.location patient.latitude user_lat
photo: profile_picture user.avatar user.photo
religion: religion
ethnicity: ethnicity user.race user.race_id
password: password user_password passwd new_password confirm_password user.password password1 current_password
    form.password 密码 mima
one_time_code: otp verification_code sms_code otp_code 验证码
person: personal_data pii 个人信息
message_content: consultation_transcript patient_transcript interview_transcript call_transcription
    chat_history private_message PrivateMessage.text DirectMessage.body
session_token: headers.set-cookie UserTokenSerializer.refresh TokenPair.access def:reset_password.token
    PasswordResetToken.token def:confirm_password_reset.token password_reset_link
one_time_code: def:verify_otp.code OtpRequest.code mfa.code
treatment: MedicineAdministration.dosage MedicalRecord.drug
username: username user_names user_name userName user.username user.login nickname new_username
    customer.nickname 用户名
    yonghuming
ip_address: client_ip X-Forwarded-For REMOTE_ADDR HTTP_X_FORWARDED_FOR user.ip user_ip request.remote_addr
    visitor_ip META.REMOTE_ADDR
vehicle_registration: license_plate number_plate driver.license_plate vehicle.registration_number car.reg_no Car.plate
    permit.vehicle.registration_number Vehicle.registration_number vehicle.plate_number customer_vehicle.registration
device_id: imei user.device_id
user_agent: HTTP_USER_AGENT request.user_agent
user_id: employee_id__id user_id user.id userId customer_uuid patient.pk
phone: mob_no ph_no phn_number contact_num phone_secondary phone_primary member.mob_num emergency_no
email: email_add email_primary user_emial
postal_address: permanant_address perm_addr user.address_home Profile.address profile.city customer.adress
    SignUpForm.address EmployeePersonalDetails.address UserRegisterForm.address to_user.address
name: supervisor_name coach_name dentist.name personnel.name SignUpForm.name RegistrationForm.name Member.name
    Shipment.sender_name parcel.receiver_name db_user.name from_user.name manager_name uncle_name emergency_name
first_name: Student.fname form.fname firts_name user.f_name frist_name
last_name: user.lname cleaned_data.lname last_nm
user_id: from_user.id manager_id supervisor_id db_patient.id
salary: basic_sal net_sal monthly_sal
national_id: uan_number nssf_no esi_no aadhar_front id_card_back cnic_image national_id_copy
passport: passport_scan
family_member: emergency_contact_relation employee.no_of_brothers employee.number_of_children
date_of_birth: time_of_birth birth_dt
name: emp_name emp.name df.EMP_NAME SysUser.name student_b.name person_c_name creator_name
health: UserHealthProfile.diabetes
name: shipping_address.name billing_details.name personal_info.name userinfo.name Enquiry.name Appointment.name
    guarantor_name user.txt_name
postal_address: order.address Order.city personal_details.address logged_in_user.address
photo: claims.picture
user_id: claims.sub
age: Appointment.age
family_member: nominee_relation
name: trip.driver_name ChatMessage.sender_name student.parent_name
phone: tel
password: login_form.pwd POST.pass
tax_id: pan_number
user_id: staff_id
user_agent: SecurityEvent.user_agent LoginHistory.user_agent
ip_address: UserSession.ip_address
vital_signs: bmi
hr_record: resume_text cv_text resume_content candidate_resume parsed_resume cover_letter curriculum_vitae
name: name_of_customer name_as_per_pan name_on_passport nameAsPerAadhaar order_created_by__name sent_by_name
    sales_rep_name crew_member_name PersonalInfo.name KycForm.name JobApplicationForm.name bank_account_title
first_name: order_created_by__first_name
date_of_birth: date_of_birth_on_passport dob_as_per_aadhaar
age: age_of_customer
postal_address: kyc_address residence_district permanent_thana address_proof
passport: passport_page_url passport_file passport_place_issued
national_id: aadhar_front_image aadhaar_card_file_url id_proof social_security_id nid_or_passport
photo: passport_photo_path id_card_front_image_url selfie_url profile_photo_path
phone: handphone_no phone_whatsapp umobile
payment_account: mpesa_number tigo_pesa_number
device_id: imei_number imei1
session_token: activation_token user_refresh_token
one_time_code: totp_secret reset_code
salary: housing_allowance gross_pay employee.daily_rate paystub
education: ielts_score year_of_study jamb_reg_no student.university_name
health: dementia_stage sofa_score pre_op_diagnosis pain_location histology_report comorbidities_text
vital_signs: platelets LabResult.potassium heart_rate
treatment: prescription_list treatment_phase chemotherapy_regimen
hr_record: employee.resume_url resume_document sick_leave_balance interview_feedback
family_member: num_brothers relationship_to_head
religion: baptism_location other_religion
postal_address: employee.province customer.address_of_residence user.address_of_work
coarse_location: customer.country_of_origin user.city_of_residence
name: student.name_of_father patient.name_of_account
one_time_code: user.activation_code
email: user_settings.contact_email customer.load.email BOT_IDENTITY.email order.load.customer_email
username: BOT_IDENTITY.username
phone: SettingsUpdate.owner_phone
"""

WEAK = """
email: company_email author_email email_list hospital.email canteen.email church.email mail UserEmail
postcode: Location.zipcode office.postal_code shop.zip_code listing.zip_code property.postal_code home.zip_code
    neighborhood.zipcode def:get_neighborhood_stats.zipcode def:get_sold_comps.zipcode def:search_listings.zip_code
postal_address: listing.street_address
name: full_name fullname FullName def:filter_by.full_name
    Court.full_name room.full_name owner.name client.name def:find_module.fullname def:describe_table.full_name
    client_name HttpClient.client_name display_name human_name def:register_patient.name
phone: sjh
postal_address: address address1 addr1 street adress
location: latitude
photo: avatar
username: login screen_name
ip_address: ip ip_address ipAddress
user_agent: user_agent
device_id:
password: passphrase pwd
person: user_info user customers current_user
national_id: sfz id_number
date_of_birth: csrq
bank_account: account_number
passport: passport
name: sender_name EmailHandler.sender_name user_db.name parent_name
phone: patient.phone_number_of_hospital
one_time_code: activation_code
"""

SILENT = """
plate dinner_plate food.plate registration_number company.registration_number student.registration_number
fleet_vehicle.registration_number company_vehicle.reg_no well_plate_number assay_plate_number vehicle.registration_date
vehicle.registration_count vehicle.registered
patient.ward ship_to converted_to_name id_column id_token_type id_document_type mapped_to_name image.pulse
x_forwarded_proto tax_ids ids product_ids PurchaseOrder.expected_delivery_date Freight.weight_kg trade.exit_reason
first_n last_n language.human_name
AppointmentType.name appointment_type_id.name appointment.room.name visit.room_id.name
Cache.fields CustomerFields.email_template CustomerFields.EMAIL PatientFields.SSN
email_template email_count email_sent email_sent_at is_email_valid email_verified has_email email_subject
email_body_template email_backend email_host email_port EMAIL DEFAULT_FROM_EMAIL ADMIN_EMAIL EMAIL_HOST_USER
from_email default_from_email noreply_email support_email server_email email_hash hashed_email masked_email
email_masked encrypted_email redacted_email email_url email_field email_regex email_validator email_form email_label
email_id_list_url send_email verify_email validate_email update_email email_status email_type email_domain
email_enabled email_opt_in use_email num_emails number_of_emails max_emails test_email fake_email sample_email
dummy_email welcome_email notification_email html_email reset_email settings.email config.email fields.email
errors.email labels.email smtp.email by_email sort_by_email sorted_by_email expected_by_name become_user mqtt_username
OpenBaoKVClient.addr book.author.name movie.director.name book.author_name book_author_name song.composer.last_name
bot.user.name ctx.bot.user.display_name self.bot.user.username
get_restaurants_for_user.address email_in_use email_exists emails_sent
email_max_length email_placeholder email_error invalid_email require_email email_required email_column email_pattern
email_format email_schema name names file_name filename host_name hostname class_name product.name event.name
Product.name table_name bucket_name module.name file.name func.name project.name name_template username_field
user_file_name user_count user_model user_type user_role user_group user_settings users_count user_agent_parser
num_users is_user has_user user_url user_status user_permissions customer_type customer_count patient_count
person_type address_family memory_address bind_address server_address host_address contract_address wallet_address
base_address user.wallet_address user.email_template user.file.name customer.product.name phone_model phone_type
is_phone phone_verified phone_regex phone_count windows_phone iphone mobile_app is_mobile has_phone masked_phone
phone_hash phone_country_code age max_age cache_age min_age page image message usage storage language user.page
number title code account account_name state status condition weight height location city position card user.status
user.state user.is_active user.created_at customer.updated_at patient_status user.last_login last_login db_password
smtp_password password_hash hashed_password password_reset_url PASSWORD_VALIDATORS password_validators
db_user_password redis_password password_field password_policy database.password smtp.username db_username smtp_user
endpoint_password endpoint_user
ftp_username proxy_username service_username url.username parsed.password conn.password password_length has_password
password_changed_at min_password_length password_reset_form is_password card_type card_brand card_count gift_card
gift_card_number flashcard dashboard discard gender_choices birth_date_format salary_count salary_component
diagnosis_form __name__ __email__ __user__ _member_names_ T x i self cls race race_condition lat_axis latency
race_id raceid GroqClient.temperature SmsError.message platform planet location_header file_location token
signature host port do_b c_vc cell cells ws.cell fname sin pan
    def:cook.pan image.pan epic_no Jira.epic_no file_number archive.file_number Meta.email meta.email smtp_message.email
pin pass passed passthrough compass bypass SERVER_NAME USERNAME PASSWORD USER_AGENT IP DB_PASSWORD 邮箱模板 文件名称
def:send_sms.sender def:send_sms.text def:send_message.to
resume resume_download resume_at transcript video_transcript cv cv_score
def:tokenize.token def:parse_expression.token def:verify_code.code def:reset_counter.token password_reset_form
def:send_file.to to cc to_number def:send_range.to_number sms.number_of_parts def:call.number sms.template_number
Route.to created_to Message.text text content Feed.content def:render.text disorder
Machine.disorder refresh access Token.path Config.refresh CustomerField.EMAIL CustomerChoices.NAME USER.NAME
Choice.password
RiskEnum.email Pet.gender Animal.weight domain_name_age_cache Client.NAME Worker.EMAIL Height(cm) Width(px)
MemoryAddress.size
StoreAddress.city city street_view def:format_company_address.city def:move_to.to admin_username ipi_tax_id
商品名称 用户数量 手机型号 订单.名称 邮箱验证状态 nl dh
    file_nm soil_ph db_user.host fname lname trainer_name Trainer.name CompanyRegistrationForm.name order_no
    mob_count layer.lname function.fname registration.name signup_count user_ph_model page_front id_copy
    order.name Order.name topic.sub address.name info.name personal.name
    SearchForm.name ProductSearchForm.name CashRegisterSerializer.name MembershipForm.name
    driver.name_template results.pass check.pass
    number_of_customers list_of_users name_on_disk name_in_file name_per_line cost_as_per_plan status_of_order
    files_sorted_by_name tasks_ordered_by_name get_files_owned_by_name photo.upload_path health_status exit_reason
    portfolio_url resume_url userInfo.schoolName dividend_income potassium parity Country.nationality_code
    job_history fingerprint_path
    employee.province_of_employment employees.province_of_employment passenger.city_of_departure
    client.state_of_incorporation student.name_of_school customer.address_of_branch_office patient.name_of_hospital
    customer.name_of_bank customer.weight_of_parcel product.country_of_origin
    Voucher.activation_code license.activation_code
    settings.contact_email config.user_email library.settings.configuration_contact_email settings_load.password
    app_settings_cls.model_validate.contact_email bot_config.BOT_IDENTITY.username config.MAIL_ACCOUNT.password
    service_account_client_email
"""

PERSONS = """
user users customer customers patient current_user new_customer user1 request_user self_patient employees staff User
Customer 用户 患者 客户 yonghu created_by cardholder account_holder next_of_kin applicant doctor
cliente clientes usuario usuarios paciente novo_cliente cliente_atual nuevo_usuario utilisateur nouvel_utilisateur
patients élève utente nuovo_cliente kunde neuer_kunde mitarbeiter gebruiker pacjent klient клиент пользователи
müşteri pelanggan お客様 고객
"""
NOT_PERSONS = """
user_count user_ids user_agent user_id user_model is_user num_users db_user smtp_user user_email product server file
create_user get_user has_customer per_user USER __user__ user_form user_settings client customer_type
users_by_email_count enterprise_customer system_user users_by_org repos_by_org.name
id_cliente cliente_id lista_clientes numero_clientes nome_cliente arquivo_cliente tipo_usuario total_usuarios
tabla_usuarios statut_client kundennummer email_cliente
"""

RESULTS = """
email: get_email normalize_email fetch_user_email user_email get_user_email get_email_for_user getEmail _get_email
    clean_email billing_email
phone: normalize_phone get_phone_number format_phone 获取手机号
name: get_patient_name user.get_full_name
date_of_birth: get_birth_date
national_id: decrypt_ssn
ip_address: get_client_ip
password: get_password
"""
NO_RESULTS = """
send_email: classify_email categorize_phone_number validate_email is_email: mask_phone hash_email:
email_exists render_email:
verify_email has_phone:
check_password set_password: get_email_template get_email_backend: count_emails get_name: get_file_name
get_user_count: create_email delete_phone: redact_ssn encrypt_password: anonymize_name sendEmail: 发送邮箱 login:
user_login get_status: get_email_count can_view_email: mask_email get_masked_email: tokenize_card_number
listar_clientes_com_email listar_usuarios_con_email
"""

CLEANERS = """
hide_email hide_phone conceal_name
mask mask_email maskPhone redact redact_ssn anonymize anonymise anonymize_user obfuscate obfuscate_email scrub
scrub_pii sanitize_pii hash_email sha256 sha256_hex hash_password encrypt encrypt_ssn tokenize pseudonymize
desensitize 脱敏 手机号脱敏 tuomin tuomin_shoujihao get_masked_email email_hash hexdigest strip_pii
remove_personal_data md5 hmac_sha256 censor deidentify
mascarar_cpf anonimizar_cliente enmascarar_correo masquer_email anonymiser maskiere_email maskuj 匿名化
"""
NOT_CLEANERS = """
get_email send_email sanitize strip strip_tags clean clean_email is_masked has_hash hide_dialog decrypt unmask format
normalize_phone lower truncate remove filter validate detokenize print str hide
"""


def _pairs(table: str) -> list[tuple[str, str]]:
    pairs, category = [], ""
    for word in table.split():
        if word.endswith(":") and not word.startswith("def:"):
            category = word[:-1]
        else:
            pairs.append((category, word))
    return pairs


def _context(path: str) -> tuple[str, tuple[str, ...]]:
    *context, name = path.split(".")
    return name, tuple(context)


@pytest.mark.parametrize(("category", "path"), _pairs(STRONG))
def test_a_name_that_says_it_is_personal(category: str, path: str) -> None:
    assert judge(*_context(path)) == (category, "strong")


@pytest.mark.parametrize(("category", "path"), _pairs(WEAK))
def test_a_name_that_only_hints(category: str, path: str) -> None:
    assert judge(*_context(path)) == (category, "weak")


@pytest.mark.parametrize("path", SILENT.split())
def test_a_name_that_is_about_something_else(path: str) -> None:
    assert judge(*_context(path)) is None


@pytest.mark.parametrize(
    ("name", "category", "of_another"),
    [
        ("province_of_employment", "postal_address", True),
        ("nameOfSchool", "name", True),
        ("name_of_school", "postal_address", False),
        ("name_of_patient", "name", False),
        ("address_of_residence", "postal_address", False),
        ("province", "postal_address", False),
        ("date_of_birth", "date_of_birth", False),
        ("of", "name", False),
        ("name_of", "name", False),
        ("family", "last_name", True),
        ("family", "name", False),
    ],
)
def test_what_is_told_to_be_of_another(name: str, category: str, of_another: bool) -> None:
    assert is_of_another(name, category) is of_another


@pytest.mark.parametrize("name", PERSONS.split())
def test_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", NOT_PERSONS.split())
def test_no_person(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize("name", ["config", "_config", "SmsConfig", "app_settings", "CONFIG"])
def test_what_holds_settings(name: str) -> None:
    assert is_configuration(name)


@pytest.mark.parametrize("name", ["customer", "user_settings", "configure", "config_owner", "message", ""])
def test_what_holds_no_settings(name: str) -> None:
    assert not is_configuration(name)


@pytest.mark.parametrize(("category", "path"), _pairs(RESULTS))
def test_a_function_that_names_its_result(category: str, path: str) -> None:
    assert judge_callable(*_context(path)) == (category, "strong")


@pytest.mark.parametrize("name", NO_RESULTS.split())
def test_a_function_that_names_an_act_or_a_question(name: str) -> None:
    assert judge_callable(name) is None


@pytest.mark.parametrize(
    "name", ["format_address", "email", "parse_email", "EmailAddress", "flatten_email", "ping_phone_number"]
)
def test_a_function_that_may_name_its_result(name: str) -> None:
    guess = judge_callable(name)
    assert guess is not None
    assert guess.strength == "weak"


@pytest.mark.parametrize("name", CLEANERS.split())
def test_a_function_whose_result_no_longer_shows_the_data(name: str) -> None:
    assert cleans(name)


@pytest.mark.parametrize("name", NOT_CLEANERS.split())
def test_a_function_whose_result_still_shows_it(name: str) -> None:
    assert not cleans(name)


@pytest.mark.parametrize(
    "style", ["phone_number", "phoneNumber", "PhoneNumber", "phone-number", "phonenumber", "Phone Number"]
)
def test_the_style_of_writing_makes_no_difference(style: str) -> None:
    assert judge(style, ("user",)) == ("phone", "strong")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("getHTTPResponseCode", "get http response code"),
        ("userIDs", "user ids"),
        ("SHA256Hash", "sha256 hash"),
        ("X-Forwarded-For", "x forwarded for"),
        ("address1", "address1"),
        ("prénom_élève", "prenom eleve"),
        ("用户邮箱地址", "用户 邮箱地址"),
        ("用户email", "用户 email"),
        ("billing.email", "billing email"),
        ("", ""),
        ("___", ""),
    ],
)
def test_words_are_cut_where_a_reader_would_cut_them(name: str, words: str) -> None:
    assert split_name(name, vocabulary("zh").lexicon) == words.split()


_NAMES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(sorted(vocabulary().lexicon | vocabulary().person | vocabulary().terms.keys())), max_size=5
    ).map("_".join),
)


@given(_NAMES, st.lists(_NAMES | st.just("def:register"), max_size=3).map(tuple))
def test_no_string_whatever_breaks_it_and_the_answer_is_always_the_same(name: str, context: tuple[str, ...]) -> None:
    for function in (judge, judge_callable):
        assert function(name, context) == function.__wrapped__(name, context)
    for question in (is_person, cleans):
        assert question(name) == question.__wrapped__(name)


_STYLES = {
    "snake": "_".join,
    "camel": lambda words: words[0] + "".join(map(str.capitalize, words[1:])),
    "title": lambda words: "".join(map(str.capitalize, words)),
    "capitals": lambda words: "_".join(words).upper(),
    "in one": "".join,
}
_PARTS = sorted({
    *vocabulary().terms, *vocabulary().person, *vocabulary().fetch, *vocabulary().tail, *vocabulary().neutral,
    *(term for language in languages() for term in vocabulary(language).terms),
    "created", "by", "to", "ids", "x", "foo",
})  # fmt: skip


def test_what_begins_with_any_word_for_a_person_gets_more_than_a_quick_look() -> None:
    """The words are kept by their first letters, so a very short one would be lost."""
    assert [word for word in vocabulary().person if not may_speak(f"{word}qx")] == []


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=3), st.sampled_from(["", "s", "es", "2"]),
       st.sampled_from(sorted(_STYLES)))  # fmt: skip
def test_whether_a_name_speaks_is_never_denied_by_a_quick_look(words: list[str], ending: str, style: str) -> None:
    name = _STYLES[style]([*words[:-1], words[-1] + ending])
    guess = judge(name)
    if is_person(name) or (guess is not None and guess.strength == "strong"):
        assert speaks(name)


@given(st.sampled_from([name for name, _ in [_context(path) for _, path in _pairs(STRONG)]]))
def test_what_masks_or_counts_is_never_strong(name: str) -> None:
    if (
        name.isascii()
        and name.islower()
        and "_for_" not in name
        and name not in ("tel", "telephone", "mobile", "plate")
    ):  # num_tel is French, num_plate a number plate
        assert judge(f"masked_{name}") is None
        assert judge(f"is_{name}") is None
        assert judge(f"num_{name}") is None
        assert judge(f"{name}_template") is None


def test_the_hash_seed_makes_no_difference() -> None:
    program = (
        "from discreet.catalogue.names import judge, is_person\n"
        f"for path in {[path for _, path in _pairs(STRONG + WEAK)] + SILENT.split()!r}:\n"
        "    *context, name = path.split('.')\n"
        "    print(judge(name, tuple(context)), is_person(name))\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(runs) == 1
