"""The rules: entries in, findings out; driven by the plugins and by our own commands alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.rules.assets import Capitalised
from yusuan.ledger.rules.authorised import Authorised
from yusuan.ledger.rules.authority import Authority
from yusuan.ledger.rules.carried import Carried
from yusuan.ledger.rules.chart import Charted
from yusuan.ledger.rules.conserved import Conserved
from yusuan.ledger.rules.contracts import Contracted
from yusuan.ledger.rules.control import Controlled
from yusuan.ledger.rules.deadlines import Timely
from yusuan.ledger.rules.levels import Graded
from yusuan.ledger.rules.means import Solvent
from yusuan.ledger.rules.methods import Methodical
from yusuan.ledger.rules.moves import Moved
from yusuan.ledger.rules.pace import Paced
from yusuan.ledger.rules.payees import Paid
from yusuan.ledger.rules.plans import Planned
from yusuan.ledger.rules.purpose import Purposeful
from yusuan.ledger.rules.records import Recorded
from yusuan.ledger.rules.refunds import Refunded
from yusuan.ledger.rules.reversals import Undone
from yusuan.ledger.rules.special import Capped
from yusuan.ledger.rules.words import Worded
from yusuan.ledger.rules.yearend import Closed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yusuan.ledger.rules.family import Family

#: The families that each plugin runs; a new one is added here and named in its plugin's file.
PLUGINS: Mapping[str, tuple[type[Family], ...]] = {
    "yusuan.plugins.authority": (Authority,),
    "yusuan.plugins.control": (Controlled, Graded, Planned),
    "yusuan.plugins.chart": (Charted,),
    "yusuan.plugins.means": (Solvent,),
    "yusuan.plugins.records": (Recorded, Refunded, Undone, Worded),
    "yusuan.plugins.purpose": (Purposeful,),
    "yusuan.plugins.moves": (Moved, Conserved),
    "yusuan.plugins.pace": (Paced,),
    "yusuan.plugins.payees": (Paid,),
    "yusuan.plugins.yearend": (Closed, Carried),
    "yusuan.plugins.assets": (Capitalised,),
    "yusuan.plugins.deadlines": (Timely,),
    "yusuan.plugins.contracts": (Contracted,),
    "yusuan.plugins.methods": (Methodical,),
    "yusuan.plugins.special": (Capped,),
    "yusuan.plugins.authorisations": (Authorised,),
}
#: All families, in the order in which they judge.
FAMILIES: tuple[type[Family], ...] = tuple(
    family for families in PLUGINS.values() for family in families
)
