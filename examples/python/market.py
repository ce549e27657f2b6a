"""A day's prices out of GraphQL, recomputed, beside the operator's rounds and the node's head: over plain HTTP, without any package."""

import json
import os
import urllib.request

RPC_URL = os.environ.get("RPC_URL", "http://127.0.0.1:8545")
GRAPHQL_URL = os.environ.get("GRAPHQL_URL", "http://127.0.0.1:42069/graphql")
OPERATOR_URL = os.environ.get("OPERATOR_URL", "http://127.0.0.1:8600")


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def post(url, message):
    request = urllib.request.Request(url, json.dumps(message).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def ask(query, **variables):
    """Asks the index."""
    answer = post(GRAPHQL_URL, {"query": query, "variables": variables})
    if answer.get("errors"):
        raise SystemExit(answer["errors"][0]["message"])
    return answer["data"]


def call(method, *params):
    """Asks the node."""
    answer = post(RPC_URL, {"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    if "error" in answer:
        raise SystemExit(answer["error"]["message"])
    return answer["result"]


# Integers of more than 32 bits are text; curves have 96 quarter-hours, energy in Wh and prices in fen per MWh.
trades = []
cursor = None
while True:
    page = ask(
        """query ($cursor: String) { trades(limit: 100, after: $cursor) {
             items { id date round zoneId contracted delivered price energyFen status }
             pageInfo { endCursor hasNextPage } } }""",
        cursor=cursor,
    )["trades"]
    trades += page["items"]
    if not page["pageInfo"]["hasNextPage"]:
        break
    cursor = page["pageInfo"]["endCursor"]

print(f"Block {int(call('eth_blockNumber'), 16)} of chain {int(call('eth_chainId'), 16)}, {len(trades)} trades.")

for trade in trades:
    if trade["status"] != "settled":
        continue
    # fen = Wh x fen/MWh / 10^6, rounded half up once for the whole day.
    exact = sum(wh * price for wh, price in zip(trade["delivered"], trade["price"]))
    fen = (2 * exact + 1_000_000) // 2_000_000
    if fen != int(trade["energyFen"]):
        raise SystemExit(f"Trade {trade['id']}: {fen} fen as computed, {trade['energyFen']} as settled.")
    print(f"Trade {trade['id']}: {sum(trade['delivered'])} Wh for {fen} fen, as computed.")

for zone, date in sorted({(trade["zoneId"], trade["date"]) for trade in trades if int(trade["round"]) > 0}):
    rounds = get(f"{OPERATOR_URL}/rounds/{zone}/{date}")["rounds"]
    for each in rounds:
        print(f"Round {each['round']} of zone {zone} on {date}: {each['energyWh']} Wh, trades {each['trades']}.")
