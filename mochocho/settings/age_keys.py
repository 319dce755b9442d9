"""How keys of age are written, so that a secret one is told from a public one and a slip is found."""

from mochocho.words.errors import Unsuitable

MAGIC = b"age-encryption.org/v1\n"  # https://age-encryption.org/v1: the first line of an encrypted file
PUBLIC_KEY = "age1"
SECRET_KEY = "AGE-SECRET-KEY-1"  # noqa: S105 - how one begins


def recipient(written: str) -> str:
    """A public key of age, without spaces around it. Raises Unsuitable, without what was written."""
    from pyrage import RecipientError  # a compiled library, for those who encrypt
    from pyrage.x25519 import Recipient

    key = written.strip()
    if key.upper().startswith(SECRET_KEY):
        raise Unsuitable(
            f"นี่คือกุญแจลับ ห้ามใส่ในการตั้งค่า ให้ใส่กุญแจสาธารณะที่ขึ้นต้นด้วย {PUBLIC_KEY} และเก็บกุญแจลับไว้นอกเครื่อง",
            f"this is a secret key, which never stands in the settings; give the public one ({PUBLIC_KEY}…) "
            "and keep the secret one off this machine",
        )
    try:
        Recipient.from_str(key)
    except RecipientError:
        raise Unsuitable(
            f"ไม่ใช่กุญแจสาธารณะของ age ที่ขึ้นต้นด้วย {PUBLIC_KEY} ให้คัดลอกจากที่ `mochocho keys new` บอก ครบทุกตัวอักษร",
            f"this is no public key of age, which begins with {PUBLIC_KEY}; copy the one that "
            "`mochocho keys new` tells, every letter of it",
        ) from None
    return key
