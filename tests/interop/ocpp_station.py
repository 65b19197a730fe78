"""A charge point made of PyPI ocpp, whose messages are typed and checked against the published schemas in both ways.

    ocpp_station.py VERSION URL ID      VERSION: 1.6, 2.0.1 or 2.1

It boots, begins a transaction, waits to be told to stop it, ends it and leaves. Whatever does not fit makes it fail.
"""
import asyncio
import importlib
import sys
from datetime import datetime, timezone

import websockets
from ocpp.routing import on

PACKAGES = {"1.6": "ocpp.v16", "2.0.1": "ocpp.v201", "2.1": "ocpp.v21"}
PATIENCE = 30  # seconds


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def station_of_16(package):
    call, call_result = package.call, package.call_result

    class Station(package.ChargePoint):
        async def charge(self):
            boot = await self.call(call.BootNotification(charge_point_vendor="PyPI", charge_point_model="ocpp"))
            assert boot.status == "Accepted", boot
            await self.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Preparing"))
            tag = await self.call(call.Authorize(id_tag="TAG-1"))
            assert tag.id_tag_info["status"] == "Accepted", tag
            start = await self.call(call.StartTransaction(
                connector_id=1, id_tag="TAG-1", meter_start=1000, timestamp=now()))
            self.transaction_id = start.transaction_id
            sample = {"value": "1500", "measurand": "Energy.Active.Import.Register", "unit": "Wh"}
            await self.call(call.MeterValues(connector_id=1, transaction_id=self.transaction_id, meter_value=[
                {"timestamp": now(), "sampled_value": [sample]}]))
            await asyncio.wait_for(self.told_to_stop.wait(), PATIENCE)
            await self.call(call.StopTransaction(
                meter_stop=3500, timestamp=now(), transaction_id=self.transaction_id, reason="Remote"))

        @on("RemoteStopTransaction")
        def on_remote_stop(self, transaction_id):
            accepted = transaction_id == self.transaction_id
            if accepted:
                self.told_to_stop.set()
            return call_result.RemoteStopTransaction(status="Accepted" if accepted else "Rejected")

        @on("Reset")
        def on_reset(self, type):
            assert type == "Soft", type
            return call_result.Reset(status="Accepted")

        @on("ChangeConfiguration")
        def on_change_configuration(self, key, value):
            assert (key, value) == ("HeartbeatInterval", "60"), (key, value)
            return call_result.ChangeConfiguration(status="Accepted")

    return Station


def station_of_2x(package):
    call, call_result = package.call, package.call_result

    class Station(package.ChargePoint):
        def transaction_event(self, event_type, seq_no, trigger_reason, kwh, context, **more):
            reading = {"value": kwh, "context": context, "unit_of_measure": {"unit": "kWh"}}
            return call.TransactionEvent(
                event_type=event_type, timestamp=now(), trigger_reason=trigger_reason, seq_no=seq_no,
                transaction_info={"transaction_id": self.transaction_id},
                meter_value=[{"timestamp": now(), "sampled_value": [reading]}], **more)

        async def charge(self):
            boot = await self.call(call.BootNotification(
                charging_station={"vendor_name": "PyPI", "model": "ocpp"}, reason="PowerUp"))
            assert boot.status == "Accepted", boot
            await self.call(call.StatusNotification(
                timestamp=now(), connector_status="Occupied", evse_id=1, connector_id=1))
            token = {"id_token": "TAG-1", "type": "ISO14443"}
            tag = await self.call(call.Authorize(id_token=token))
            assert tag.id_token_info["status"] == "Accepted", tag
            await self.call(call.NotifyReport(request_id=1, generated_at=now(), seq_no=0, tbc=False, report_data=[
                {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "HeartbeatInterval"},
                 "variable_attribute": [{"value": "300"}]}]))
            self.transaction_id = f"T-{self.id}"
            start = await self.call(self.transaction_event(
                "Started", 0, "Authorized", 1.0, "Transaction.Begin", id_token=token,
                evse={"id": 1, "connector_id": 1}))
            assert start.id_token_info["status"] == "Accepted", start
            await self.call(self.transaction_event("Updated", 1, "MeterValuePeriodic", 1.5, "Sample.Periodic"))
            await asyncio.wait_for(self.told_to_stop.wait(), PATIENCE)
            await self.call(self.transaction_event("Ended", 2, "RemoteStop", 3.5, "Transaction.End"))

        @on("RequestStopTransaction")
        def on_request_stop(self, transaction_id, **_):
            accepted = transaction_id == self.transaction_id
            if accepted:
                self.told_to_stop.set()
            return call_result.RequestStopTransaction(status="Accepted" if accepted else "Rejected")

        @on("Reset")
        def on_reset(self, type, **_):
            assert type == "OnIdle", type
            return call_result.Reset(status="Scheduled")

        @on("SetVariables")
        def on_set_variables(self, set_variable_data, **_):
            results = [{"attribute_status": "Accepted", "component": one["component"], "variable": one["variable"]}
                       for one in set_variable_data]
            return call_result.SetVariables(set_variable_result=results)

    return Station


async def main(version, url, identity):
    package = importlib.import_module(PACKAGES[version])
    make = station_of_16 if version == "1.6" else station_of_2x
    async with websockets.connect(f"{url}/{identity}", subprotocols=[f"ocpp{version}"]) as socket:
        assert socket.subprotocol == f"ocpp{version}", socket.subprotocol
        station = make(package)(identity, socket)
        station.told_to_stop = asyncio.Event()
        reading = asyncio.create_task(station.start())
        await asyncio.wait_for(station.charge(), 2 * PATIENCE)
        reading.cancel()


asyncio.run(main(*sys.argv[1:]))
