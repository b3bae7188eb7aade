"""The training loop all three models share: time budget, warm-up and cosine rate, weight averaging, checkpoints."""

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch

from .memory import give_back_freed_memory, keep_freed_memory
from .prefetch import prefetch


@dataclass
class Schedule:
    """`minutes` of wall clock for this call; the rate rises over the first 3 % and then falls to 2 % along a cosine."""

    minutes: float
    rate: float
    weight_decay: float = 0.01
    seed: int = 1
    max_steps: int = 10**9


@dataclass
class Progress:
    """What a checkpoint remembers beside the weights."""

    steps: int = 0
    minutes: float = 0.0
    history: list = field(default_factory=list)


def rate_at(done: float, peak: float) -> float:
    """Learning rate when a fraction `done` (0..1) of the budget is used."""
    if done < 0.03:
        return peak * (0.05 + 0.95 * done / 0.03)
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def load_checkpoint(path: Path, model: torch.nn.Module) -> tuple[Progress, dict]:
    """Loads averaged weights into `model`; a missing file is a fresh start. Layers whose shape changed start anew."""
    if not path.exists():
        return Progress(), {}
    saved = torch.load(path, map_location="cpu")
    own = model.state_dict()
    fitting = {name: value for name, value in saved["model"].items() if name in own and own[name].shape == value.shape}
    model.load_state_dict(fitting, strict=False)
    print(f"resumed {path}: {len(fitting)}/{len(own)} tensors, {saved['steps']} steps", flush=True)
    return Progress(saved["steps"], saved["minutes"], saved["history"]), saved


def train(
    model: torch.nn.Module,
    make_batch: Callable[[int], tuple],
    loss_of: Callable[[torch.nn.Module, tuple], tuple[torch.Tensor, dict]],
    checkpoint: Path,
    schedule: Schedule,
) -> torch.nn.Module:
    """Trains until the budget is used and returns the averaged model (in eval mode).

    `make_batch(step)` must depend on the step alone, so that a resumed run goes on with fresh, reproducible batches.
    """
    torch.manual_seed(schedule.seed)
    keep_freed_memory()
    model = model.to(memory_format=torch.channels_last).train()
    progress, saved = load_checkpoint(checkpoint, model)
    average = copy.deepcopy(model).eval()
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": schedule.weight_decay}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=schedule.rate, betas=(0.9, 0.99))
    if saved and len(saved["optimizer"]["state"]) == len(decayed) + len(plain):
        optimizer.load_state_dict(saved["optimizer"])
    first, begun, shown, kept = progress.steps, time.monotonic(), time.monotonic(), time.monotonic()
    spent, parts_sum, parts_n = progress.minutes, {}, 0
    for batch in prefetch(make_batch, start=first):
        used = (time.monotonic() - begun) / 60
        run = progress.steps - first
        done = max(used / max(schedule.minutes, 1e-9), run / schedule.max_steps)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate_at(done, schedule.rate)
        loss, parts = loss_of(model, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()
        progress.steps += 1
        _follow(average, model, min(0.998, (1 + run) / (20 + run)))
        parts_n += 1
        for name, value in parts.items():
            parts_sum[name] = parts_sum.get(name, 0.0) + float(value)
        now = time.monotonic()
        if now - shown > 20:
            means = {name: round(total / parts_n, 4) for name, total in parts_sum.items()}
            print(f"step {progress.steps} {done:5.1%} {(now - begun) / (run + 1) * 1000:.0f} ms/step {means}", flush=True)
            progress.history.append({"step": progress.steps, **means})
            shown, parts_sum, parts_n = now, {}, 0
        if now - kept > 60:
            progress.minutes, kept = spent + used, now
            save_checkpoint(checkpoint, average, optimizer, progress)
    if parts_n:
        progress.history.append({"step": progress.steps, **{name: round(total / parts_n, 4) for name, total in parts_sum.items()}})
    progress.minutes = spent + (time.monotonic() - begun) / 60
    save_checkpoint(checkpoint, average, optimizer, progress)
    average.progress = progress
    give_back_freed_memory()
    return average.eval()


def save_checkpoint(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    """Writes beside the target and renames, so a killed run leaves the last whole checkpoint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "steps": progress.steps, "minutes": progress.minutes, "history": progress.history}, partial)
    partial.replace(path)


@torch.no_grad()
def _follow(average: torch.nn.Module, model: torch.nn.Module, decay: float) -> None:
    """Exponential moving average of weights and batch statistics."""
    for kept, new in zip(average.state_dict().values(), model.state_dict().values()):
        if kept.dtype.is_floating_point:
            kept.mul_(decay).add_(new, alpha=1 - decay)
        else:
            kept.copy_(new)
