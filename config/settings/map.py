"""The map of projects: what lies under its pins."""

from urllib.parse import urlsplit

from config.settings.paths import env

TN_MAP_TILES_URL = env.tn_map_tiles_url  # empty: the outline of the wards, and nothing from another host
TN_MAP_TILES_ATTRIBUTION = env.tn_map_tiles_attribution
_address = urlsplit(TN_MAP_TILES_URL)
TN_MAP_TILES_ORIGIN = f"{_address.scheme}://{_address.netloc}" if TN_MAP_TILES_URL else ""

__all__ = [name for name in dir() if name.isupper()]
