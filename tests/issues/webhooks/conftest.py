from tests.issues.webhooks.receiver import closed_network, endpoint, receiver

__all__ = ["closed_network", "endpoint", "receiver"]  # fixtures
