"""The message inside an opaque S/MIME signature (RFC 8551, 3.5.2). The signature itself is not checked.

Who wrote is decided by the sender's address and the mail server's checks; a signature proves nothing more to us.
"""

from asn1crypto import cms

SIGNED, ENCRYPTED, OTHER = "signed", "encrypted", "other"
_ENCRYPTED = ("enveloped_data", "authenticated_enveloped_data", "encrypted_data", "signed_and_enveloped_data")


def unwrap(data: bytes) -> tuple[str, bytes]:
    """What this CMS structure (RFC 5652) is, and the MIME message in it where it is signed and holds one."""
    try:
        info = cms.ContentInfo.load(data)
        kind = str(info["content_type"].native)
        if kind in _ENCRYPTED:
            return ENCRYPTED, b""
        content = info["content"]["encap_content_info"]["content"].native if kind == "signed_data" else None
    except Exception:  # damaged in any of the ways in which DER and BER can be
        return OTHER, b""
    return (SIGNED, content) if isinstance(content, bytes) and content else (OTHER, b"")
