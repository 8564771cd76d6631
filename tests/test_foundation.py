from django.urls import reverse


def test_login_page(client, db):
    assert client.get(reverse("account:login")).status_code == 200
