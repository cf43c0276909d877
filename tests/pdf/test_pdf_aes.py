"""AES as the standard says, by its own examples."""

import pytest

from her2board.pdf.aes import StreamCipher, cbc_decrypt, cbc_encrypt, ecb_decrypt

FIPS_197 = [
    ("000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a"),
    ("000102030405060708090a0b0c0d0e0f1011121314151617", "dda97ca4864cdfe06eaf70a0ec0d7191"),
    ("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "8ea2b7ca516745bfeafc49904b496089"),
]
PLAIN = bytes.fromhex("00112233445566778899aabbccddeeff")
SP_800_38A = (
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52ef"
    "f69f2445df4f9b17ad2b417be66c3710"
)
CHAINED = [
    (
        "2b7e151628aed2a6abf7158809cf4f3c",
        "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e22229516"
        "3ff1caa1681fac09120eca307586e1a7",
    ),
    (
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
        "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461"
        "b2eb05e2c39be9fcda6c19078c6a9d1b",
    ),
]
START = bytes(range(16))


@pytest.mark.parametrize(("key", "secret"), FIPS_197)
def test_a_block_is_encrypted_and_decrypted_as_in_the_standard(key: str, secret: str) -> None:
    assert cbc_encrypt(bytes.fromhex(key), bytes(16), PLAIN).hex() == secret
    assert ecb_decrypt(bytes.fromhex(key), bytes.fromhex(secret)) == PLAIN


@pytest.mark.parametrize(("key", "secret"), CHAINED)
def test_blocks_are_chained_as_in_the_standard(key: str, secret: str) -> None:
    assert cbc_encrypt(bytes.fromhex(key), START, bytes.fromhex(SP_800_38A)).hex() == secret
    assert cbc_decrypt(bytes.fromhex(key), START, bytes.fromhex(secret)).hex() == SP_800_38A


def test_a_text_comes_back_without_its_padding() -> None:
    key, text = bytes(range(32)), b"16 mm"
    secret = cbc_encrypt(key, START, text + bytes([11]) * 11)
    assert StreamCipher(key).decrypt(START + secret) == text
    assert StreamCipher(key).decrypt(START) == b""


def test_half_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match="no whole number of blocks"):
        ecb_decrypt(bytes(16), bytes(15))
