"""Which functions, by their name, ask a service for all it knows of somebody; and which variables hold that."""

from __future__ import annotations

import pytest

from discreet.catalogue.answers import is_about_somebody

ABOUT_SOMEBODY = """
get_user user_info get_user_info fetch_customer_details load_patient users list_users search_users user_data kyc_data
get_pan_kyc_details _get_kyc_details_from_api customer_response get_employee_by_id lookup_person current_user
getUserInfo get_mobile_lookup_details email_lookup_response phone_lookup get_employment_latest_details
fetch_patient_record get_contact call_kyc_api query_customer usuarios get_user_profile employee_record
get_informacoes_usuario obter_dados_cliente get_datos_paciente
"""
NOT_ABOUT_SOMEBODY = """
response external_response data payload get_config user_id user_ids get_user_id user_count get_user_settings
get_user_permissions user_agent get_server list_products verify_pan from_user_agent send_to_user notify_user
get_product_of_user orders_by_user address_lookup dns_lookup email_lookup_count lookup get_ip_lookup load_model get
status kycfoo users_total get_weather_for_user create_order get_dados_escola get_info_producto
"""


@pytest.mark.parametrize("name", ABOUT_SOMEBODY.split())
def test_a_name_that_says_all_about_somebody(name: str) -> None:
    assert is_about_somebody(name)


@pytest.mark.parametrize("name", NOT_ABOUT_SOMEBODY.split())
def test_a_name_that_says_something_else(name: str) -> None:
    assert not is_about_somebody(name)
