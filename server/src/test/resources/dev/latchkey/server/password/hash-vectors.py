# Writes hashes of known passwords, made by the systems that people come from. Needs passlib, Django, bcrypt and argon2-cffi;
# Debian has them as python3-passlib, python3-django, python3-bcrypt and python3-argon2:
#     python3 hash-vectors.py > hash-vectors.tsv
# A line is: format, how it was made, password as JSON, hash.
import base64, crypt, hashlib, json, os
import argon2, bcrypt, passlib.hash as p
from django.conf import settings
settings.configure(PASSWORD_HASHERS=["django.contrib.auth.hashers." + n for n in (
    "PBKDF2PasswordHasher", "PBKDF2SHA1PasswordHasher", "Argon2PasswordHasher", "BCryptSHA256PasswordHasher", "BCryptPasswordHasher")])
from django.contrib.auth.hashers import make_password

PASSWORDS = ["correct horse battery staple", "p", "", "Grüße aus Köln, пароль, 密码 🔑", "x" * 71, "y" * 72, "z" * 73, "ä" * 100]


def b64(b):
    return base64.b64encode(b).decode()


def line(fmt, how, password, hashed):
    print("\t".join([fmt, how, json.dumps(password, ensure_ascii=False), hashed]))


for word in PASSWORDS:
    raw = word.encode()
    for ident in ("2a", "2b", "2y"):
        line("bcrypt", "passlib", word, p.bcrypt.using(rounds=4, ident=ident, truncate_error=False).hash(word))
    line("bcrypt", "python-bcrypt", word, bcrypt.hashpw(raw, bcrypt.gensalt(5)).decode())
    line("bcrypt-sha256", "passlib, version 1", word, p.bcrypt_sha256.using(rounds=4, version=1).hash(word))
    line("bcrypt-sha256", "passlib, version 2", word, p.bcrypt_sha256.using(rounds=4).hash(word))
    line("bcrypt-sha256", "django", word, make_password(word, hasher="bcrypt_sha256").replace("\n", "")
         if word == PASSWORDS[0] else "bcrypt_sha256$" + bcrypt.hashpw(hashlib.sha256(raw).hexdigest().encode(), bcrypt.gensalt(4)).decode())
    if word == PASSWORDS[0]:
        line("bcrypt", "django", word, make_password(word, hasher="bcrypt"))
    for scheme in (p.pbkdf2_sha1, p.pbkdf2_sha256, p.pbkdf2_sha512):
        line("pbkdf2", "passlib", word, scheme.using(rounds=1000).hash(word))
    line("pbkdf2", "passlib, longer salt", word, p.pbkdf2_sha256.using(rounds=29, salt_size=33).hash(word))
    line("pbkdf2", "django", word, make_password(word) if word == PASSWORDS[0] else
         "pbkdf2_sha256$1000$saltsalt$" + b64(hashlib.pbkdf2_hmac("sha256", raw, b"saltsalt", 1000)))
    line("pbkdf2", "django", word, make_password(word, hasher="pbkdf2_sha1") if word == PASSWORDS[0] else
         "pbkdf2_sha1$1000$saltsalt$" + b64(hashlib.pbkdf2_hmac("sha1", raw, b"saltsalt", 1000)))
    line("pbkdf2", "werkzeug's form, hashlib", word, "pbkdf2:sha256:1000$saltsalt$" + hashlib.pbkdf2_hmac("sha256", raw, b"saltsalt", 1000).hex())
    line("scrypt", "passlib", word, p.scrypt.using(rounds=4, block_size=8, parallelism=2).hash(word))
    line("scrypt", "django's form, hashlib", word, "scrypt$1024$saltsalt$8$1$" + b64(hashlib.scrypt(raw, salt=b"saltsalt", n=1024, r=8, p=1, dklen=64)))
    line("scrypt", "werkzeug's form, hashlib", word, "scrypt:1024:8:1$saltsalt$" + hashlib.scrypt(raw, salt=b"saltsalt", n=1024, r=8, p=1, dklen=64).hex())
    for scheme in (p.sha256_crypt, p.sha512_crypt):
        line("sha-crypt", "passlib", word, scheme.using(rounds=1000).hash(word))
        line("sha-crypt", "passlib, no rounds", word, scheme.using(rounds=5000, salt_size=8).hash(word))
    for method in (crypt.METHOD_SHA256, crypt.METHOD_SHA512):
        line("sha-crypt", "crypt(3)", word, crypt.crypt(word, crypt.mksalt(method, rounds=1234)))
    for type_ in (argon2.Type.ID, argon2.Type.I, argon2.Type.D):
        for lanes in (1, 3):
            hasher = argon2.PasswordHasher(time_cost=2, memory_cost=64, parallelism=lanes, type=type_)
            line("argon2", "argon2-cffi", word, hasher.hash(word))
    for version in (16, 19):
        line("argon2", "argon2-cffi", word, argon2.low_level.hash_secret(raw, b"saltsaltsalt", 3, 32, 1, 24, argon2.Type.I, version).decode())
    if word == PASSWORDS[0]:
        line("argon2", "django", word, make_password(word, hasher="argon2"))
        line("argon2", "passlib", word, p.argon2.using(rounds=2, memory_cost=256).hash(word))
line("sha-crypt", "crypt(3)", PASSWORDS[0], crypt.crypt(PASSWORDS[0], crypt.mksalt(crypt.METHOD_SHA512)))
line("scrypt", "passlib, defaults", PASSWORDS[0], p.scrypt.hash(PASSWORDS[0]))
line("pbkdf2", "passlib, defaults", PASSWORDS[0], p.pbkdf2_sha512.hash(PASSWORDS[0]))
