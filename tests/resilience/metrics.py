"""What a process reports at `/metrics`."""

import httpx


async def metric(port: int, name: str, **labels: str) -> float:
    """The sum of the samples of `name` that have these labels; 0 where there is none."""
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"http://127.0.0.1:{port}/metrics")).raise_for_status().text
    expected = [f'{label}="{value}"' for label, value in labels.items()]
    samples = (line.rpartition(" ") for line in text.splitlines() if _is_of(name, line))
    return sum(float(value) for sample, _, value in samples if all(label in sample for label in expected))


def _is_of(name: str, line: str) -> bool:
    return line.startswith((f"{name} ", f"{name}{{"))
