"""A program of a user: starts and stops a session with the client that is generated from the description.

Arguments: the gateway's URL, the charge point's id. Prints what became of it as JSON.
"""

import json
import sys
import time
from collections.abc import Iterator

from voltgate_client import Client
from voltgate_client.api.charge_points import get_charge_point
from voltgate_client.api.commands import do_action
from voltgate_client.api.events import list_events
from voltgate_client.models import (
    Action,
    ActionName,
    ActionOutcome,
    ActionStatus,
    EventPage,
    JsonObject,
    Problem,
    ProblemType,
    TransactionStartedEvent,
    TransactionStoppedEvent,
)


def act(client: Client, charge_point_id: str, action: ActionName, parameters: dict[str, object]) -> None:
    body = Action(parameters=JsonObject.from_dict(parameters))
    outcome = do_action.sync(charge_point_id, action, client=client, body=body)
    if not isinstance(outcome, ActionOutcome) or outcome.result.status != ActionStatus.ACCEPTED:
        raise SystemExit(f"{action}: {outcome}")


def events(client: Client, charge_point_id: str) -> Iterator[object]:
    after = "0"
    while True:
        page = list_events.sync(client=client, after=after, charge_point_id=charge_point_id)
        if not isinstance(page, EventPage):
            raise SystemExit(f"events: {page}")
        yield from page.items
        after = page.next_
        time.sleep(0.02)


def main(url: str, charge_point_id: str) -> None:
    client = Client(base_url=url)
    unknown = get_charge_point.sync("nobody", client=client)
    if not isinstance(unknown, Problem) or unknown.type_ != ProblemType.URNVOLTGATEPROBLEMUNKNOWN_CHARGE_POINT:
        raise SystemExit(f"a problem: {unknown}")
    act(client, charge_point_id, ActionName.START, {"evseId": 1, "idTag": "TAG-1"})
    for event in events(client, charge_point_id):
        if isinstance(event, TransactionStartedEvent):
            act(client, charge_point_id, ActionName.STOP, {"transactionId": event.payload.transaction_id})
        elif isinstance(event, TransactionStoppedEvent):
            stopped = event.payload
            print(json.dumps({
                "transactionId": stopped.transaction_id,
                "energyWh": stopped.energy_wh,
                "reason": stopped.reason,
            }))
            return


main(*sys.argv[1:])
