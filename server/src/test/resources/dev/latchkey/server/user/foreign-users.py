# Writes users as a Keycloak realm export and Django's dumpdata hold them, one a line; the password of each is the word "secret "
# and the username. Needs Django and argon2-cffi (Debian: python3-django, python3-argon2):
#     python3 foreign-users.py > foreign-users.jsonl
# Keycloak's are made here of its documented parts: the digest of PBKDF2 has 64 bytes whatever the function.
import argon2, base64, hashlib, json, os
from django.conf import settings
settings.configure(PASSWORD_HASHERS=["django.contrib.auth.hashers." + n for n in ("PBKDF2PasswordHasher", "Argon2PasswordHasher")])
from django.contrib.auth.hashers import make_password


def b64(b):
    return base64.b64encode(b).decode()


def keycloak(username, secret, costs, **more):
    credential = {"id": "b6c1", "type": "password", "createdDate": 1700000000000, "secretData": json.dumps(secret), "credentialData": json.dumps(costs)}
    print(json.dumps({
        "id": "8a2c1f0e-" + username, "username": username, "firstName": "Kay", "lastName": "Cloak", "email": username + "@example.com",
        "emailVerified": True, "createdTimestamp": 1700000000000, "enabled": True, "totp": False, "attributes": {"locale": ["de"], "shoe": ["43"]},
        "credentials": [{"id": "x", "type": "otp", "secretData": "{}", "credentialData": "{}"}, credential],
        "disableableCredentialTypes": [], "requiredActions": [], "realmRoles": ["default-roles-demo", "offline_access", "uma_authorization", "editor"],
        "notBefore": 0, "groups": ["/staff"], **more}))


for name, algorithm, rounds in (("sha1", "pbkdf2", 20000), ("sha256", "pbkdf2-sha256", 27500), ("sha512", "pbkdf2-sha512", 210000)):
    salt = os.urandom(16)
    value = hashlib.pbkdf2_hmac(name, ("secret keycloak-" + name).encode(), salt, rounds, 64)
    keycloak("keycloak-" + name, {"value": b64(value), "salt": b64(salt), "additionalParameters": {}},
             {"hashIterations": rounds, "algorithm": algorithm, "additionalParameters": {}})
salt = os.urandom(16)
value = argon2.low_level.hash_secret_raw(b"secret keycloak-argon2", salt, 5, 7168, 1, 32, argon2.Type.ID)
keycloak("keycloak-argon2", {"value": b64(value), "salt": b64(salt), "additionalParameters": {}},
         {"hashIterations": 5, "algorithm": "argon2", "additionalParameters":
          {"hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}}, enabled=False)
for hasher in ("pbkdf2_sha256", "argon2"):
    username = "django-" + hasher
    print(json.dumps({"model": "auth.user", "pk": 7, "fields": {
        "password": make_password("secret " + username, hasher=hasher), "last_login": None, "is_superuser": True, "username": username,
        "first_name": "", "last_name": "Reinhardt", "email": "", "is_staff": True, "is_active": True, "date_joined": "2024-01-01T00:00:00Z",
        "groups": [["editors"]], "user_permissions": []}}))
