"""The headers that every answer carries: what a browser may do with it.

fava's editor colours beancount by WebAssembly, and its charts and tables set style attributes;
nothing else is allowed that is not of this host.
"""

from __future__ import annotations

from werkzeug.datastructures import Headers

#: What a page may load and run, by kind.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Where there is nothing but the parts that pages are made of, which a browser may keep.
STATIC = "/static/"


def secured(path: str, given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Add to the headers of the answer to a path; one that frames itself is an answer's own decision."""
    headers = Headers(given)
    framing = headers.get("X-Frame-Options", "DENY")
    ancestors = "'self'" if framing == "SAMEORIGIN" else "'none'"
    policy = {**_POLICY, "frame-ancestors": ancestors}
    headers.set("Content-Security-Policy", "; ".join(f"{k} {v}" for k, v in policy.items()))
    headers.set("X-Frame-Options", framing)
    for name, value in _ALWAYS.items():
        headers.set(name, value)
    # Only a part of pages says for itself how long it may be kept (decision 0017).
    if not path.startswith(STATIC) and "max-age=" not in headers.get("Cache-Control", ""):
        headers.set("Cache-Control", "no-store")
    return headers.to_wsgi_list()
