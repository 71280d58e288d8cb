"""The settings: each is read from its name, each wrong value told with what is allowed."""

import dataclasses

import pytest

from components.serving.settings import NAMES, Settings, read_settings


def test_an_empty_environment_has_the_defaults():
    assert read_settings({}) == Settings() == read_settings(dict.fromkeys(NAMES, " "))


def test_every_setting_is_read():
    found = read_settings(
        {
            "HOST": "[::1]",
            "PORT": "0080",
            "PREFIX": "courses/deltaflow",
            "TIME_LIMIT": "2.5",
            "ALLOWED_HOSTS": "Course.example.org, *.uni.example",
            "FRAME_ANCESTORS": "'self' https://course.example.org",
        }
    )
    assert dataclasses.astuple(found) == (
        *("::1", 80, "/courses/deltaflow/", 2.5, ("course.example.org", "*.uni.example")),
        ("'self'", "https://course.example.org"),
    )
    assert len(NAMES) == len(dataclasses.fields(Settings))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("PORT", text) for text in ("0", "65536", "8_050", "x")),
        *(("PREFIX", text) for text in ("/a b/", "/a/../b/", '/"/', "//evil.example//x/", "/<x>/")),
        *(("TIME_LIMIT", text) for text in ("0", "0.05", "601", "-1", "nan", "1e3", "5 s", "٥")),
        *(("ALLOWED_HOSTS", text) for text in ("a:80", "http://a", "*.*.a", "a;b", "a..b")),
        *(
            ("FRAME_ANCESTORS", text)
            for text in ("'self'; script-src *", "self'", "a\nb;", "ftp://a")
        ),
        ("DASH_URL_BASE_PATHNAME", "/x/"),
        ("DASH_REQUESTS_PATHNAME_PREFIX", "/x/"),
    ],
)
def test_a_wrong_value_is_told_with_its_name_in_one_line(name, text):
    with pytest.raises(ValueError) as caught:
        read_settings({name: text})
    told = str(caught.value)
    assert told.startswith(f"{name}=") and told.endswith(".") and len(told.split(": ", 1)[1]) > 20


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:8050", "LOCALHOST.", "127.0.0.1:8050", "[::1]:8050"),
        *("192.168.1.20:8050", "[2001:db8::1]", "a.localhost"),
        *("course.example.org", "course.example.org:443", "x.uni.example"),
    ],
)
def test_addresses_this_machine_and_what_is_set_are_allowed(host):
    settings = Settings(allowed_hosts=("course.example.org", "*.uni.example"))
    assert settings.allows(host)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8050", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("course.example.org.evil.example", "uni.example", "evil.example:course.example.org"),
        *("0x7f000001", "127.1", "", "[::1].evil.example", "a@localhost"),
    ],
)
def test_other_names_are_not(host):
    settings = Settings(allowed_hosts=("course.example.org", "*.uni.example"))
    assert not settings.allows(host)
    assert Settings(allowed_hosts=("*",)).allows(host)
