"""The link that stops messages: signed, so that nobody stops another's; it holds no address."""

from itsdangerous import BadSignature, URLSafeSerializer

from cafe.errors import NotFound

SALT = "messages.stop"
UNKNOWN = "Ce lien n’est pas complet. Ouvrez-le depuis le message reçu."


def stop_token(person: str, key: str) -> str:
    """The token of « p12 », a participant, or « s3 », a member of staff."""
    return URLSafeSerializer(key, SALT).dumps(person)


def read_stop_token(token: str, key: str) -> str:
    try:
        return URLSafeSerializer(key, SALT).loads(token)
    except BadSignature:
        raise NotFound(UNKNOWN) from None


def masked(address: str) -> str:
    """« m…@exemple.fr »: enough to know one's own."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"
