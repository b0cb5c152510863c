"""Log lines for machines."""

import json
import logging


class JsonFormatter(logging.Formatter):
    """One JSON object per line: time, level, logger, request, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        security = getattr(record, "security", None)  # core.security_log
        if security is not None:
            entry["security"] = security
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
