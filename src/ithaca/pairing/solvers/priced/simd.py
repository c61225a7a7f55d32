"""Bit tricks for 512 people at once: short vector programs in LLVM's portable vector types (AVX-512, AVX2, NEON alike).

A *mask* is one bit a person, 8 words of 64; masks are passed by their address in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic as numba_intrinsic

BIT, I16, I32, I64 = (ir.IntType(width) for width in (1, 16, 32, 64))
MASK = ir.VectorType(I64, 8)
LANES = ir.VectorType(I16, 32)
NONE = ir.Constant(MASK, [0] * 8)
BYTES = 64
LEVELS = 7
STRIDE = 32  # vectors are padded to a multiple of this

Builder = Any
Values = list[Any]


def intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Numba's, typed as what kernels see: a function of the arguments after the first."""
    made: Callable[..., Any] = numba_intrinsic(function)
    return made


def _number(value: int) -> Any:
    return ir.Constant(I64, value)


def _at(b: Builder, address: Any, of: Any) -> Any:
    return b.inttoptr(address, of.as_pointer())


def _load(b: Builder, address: Any, of: Any = MASK) -> Any:
    return b.load(_at(b, address, of), align=2 if of is LANES else 8 if of is MASK else None)


def _store(b: Builder, value: Any, address: Any) -> None:
    b.store(value, _at(b, address, value.type), align=8)


def _loop(b: Builder, n: Any, start: Values, body: Callable[[Builder, Any, Values], Values]) -> Values:
    """`for q in range(n): state = body(q, state)`; returns the last state."""
    before = b.block
    head, inside, after = (b.function.append_basic_block(name) for name in ("head", "inside", "after"))
    b.branch(head)
    b.position_at_end(head)
    q = b.phi(I64)
    state = [b.phi(value.type) for value in start]
    b.cbranch(b.icmp_signed("<", q, n), inside, after)
    b.position_at_end(inside)
    following = body(b, q, state)
    q_next = b.add(q, _number(1))
    b.branch(head)
    for phi, first, then in zip([q, *state], [_number(0), *start], [q_next, *following], strict=True):
        phi.add_incoming(first, before)
        phi.add_incoming(then, b.block)
    b.position_at_end(after)
    return state


def _listed(b: Builder, rows: Any, lists: Any, q: Any) -> Any:
    """The mask at row `lists[q]` (uint32) of a table of masks."""
    row = b.zext(_load(b, b.add(lists, b.shl(q, _number(2))), I32), I64)
    return _load(b, b.add(rows, b.mul(row, _number(BYTES))))


@intrinsic
def popcount(typing_context: Any, x: Any) -> Any:
    """Number of bits set."""

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        return b.ctpop(args[0])

    return types.int64(types.uint64), generate


@intrinsic
def lowest_bit(typing_context: Any, x: Any) -> Any:
    """Position of the lowest bit set (x is not 0)."""

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        return b.cttz(args[0], ir.Constant(BIT, 1))

    return types.int64(types.uint64), generate


@intrinsic
def dot_product(typing_context: Any, one: Any, other: Any, n: Any) -> Any:
    """Sum of products of two int8 vectors of n times 32 numbers, by address."""
    small, wide = ir.VectorType(ir.IntType(8), STRIDE), ir.VectorType(I32, STRIDE)

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        def add(b: Builder, q: Any, state: Values) -> Values:
            offset = b.mul(q, _number(STRIDE))
            x, y = (b.sext(b.load(_at(b, b.add(at, offset), small), align=1), wide) for at in args[:2])
            return [b.add(state[0], b.mul(x, y))]

        (sums,) = _loop(b, args[2], [ir.Constant(wide, [0] * STRIDE)], add)
        total = b.module.declare_intrinsic(f"llvm.vector.reduce.add.v{STRIDE}i32", fnty=ir.FunctionType(I32, [wide]))
        return b.sext(b.call(total, [sums]), I64)

    return types.int64(types.uint64, types.uint64, types.int64), generate


@intrinsic
def count_levels(typing_context: Any, rows: Any, lists: Any, n: Any, out: Any) -> Any:
    """out[c - 1]: who is in at least c of the n listed masks, for c = 1 to 7. Three bit planes and an overflow are added up."""

    def add(b: Builder, q: Any, planes: Values, rows: Any, lists: Any) -> Values:
        ones, twos, fours, more = planes
        x = _listed(b, rows, lists, q)
        carry = b.and_(ones, x)
        carry_2 = b.and_(twos, carry)
        carry_4 = b.and_(fours, carry_2)
        return [b.xor(ones, x), b.xor(twos, carry), b.xor(fours, carry_2), b.or_(more, carry_4)]

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        rows, lists, n, out = args
        ones, twos, fours, more = _loop(b, n, [NONE] * 4, lambda b, q, planes: add(b, q, planes, rows, lists))
        four = b.or_(fours, more)
        both = b.and_(ones, twos)
        either = b.or_(ones, twos)
        levels = [
            b.or_(either, four),
            b.or_(twos, four),
            b.or_(both, four),
            four,
            b.or_(b.and_(fours, either), more),
            b.or_(b.and_(fours, twos), more),
            b.or_(b.and_(fours, both), more),
        ]
        for c, level in enumerate(levels):
            _store(b, level, b.add(out, _number(BYTES * c)))
        return context.get_dummy_value()

    return types.void(types.uint64, types.uint64, types.int64, types.uint64), generate


@intrinsic
def meet(typing_context: Any, mask: Any, other: Any, excuse: Any) -> Any:
    """mask &= other | excuse; true if anybody is left."""

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        kept = b.and_(_load(b, args[0]), b.or_(_load(b, args[1]), _load(b, args[2])))
        _store(b, kept, args[0])
        return _anybody(b, kept)

    return types.boolean(types.uint64, types.uint64, types.uint64), generate


@intrinsic
def remove(typing_context: Any, mask: Any, rows: Any, lists: Any, n: Any) -> Any:
    """mask &= ~(every listed mask); true if anybody is left."""

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        mask, rows, lists, n = args
        (out,) = _loop(b, n, [NONE], lambda b, q, state: [b.or_(state[0], _listed(b, rows, lists, q))])
        kept = b.and_(_load(b, mask), b.not_(out))
        _store(b, kept, mask)
        return _anybody(b, kept)

    return types.boolean(types.uint64, types.uint64, types.uint64, types.int64), generate


def _anybody(b: Builder, mask: Any) -> Any:
    word = b.extract_element(mask, ir.Constant(I32, 0))
    for k in range(1, 8):
        word = b.or_(word, b.extract_element(mask, ir.Constant(I32, k)))
    return b.icmp_unsigned("!=", word, _number(0))


@intrinsic
def above(typing_context: Any, start: Any, masks: Any, gains: Any, n: Any, need: Any, mask: Any, sums: Any) -> Any:
    """sums = start + sum of gains[q] where masks[q]; mask &= sums > need. 512 int16 in `start` and `sums`.

    `masks` are addresses, `gains` int64. Exact as long as no sum leaves int16, which the caller sees to.
    """

    def splat(b: Builder, value: Any) -> Any:
        one = b.insert_element(ir.Constant(LANES, ir.Undefined), b.trunc(value, I16), ir.Constant(I32, 0))
        return b.shuffle_vector(one, ir.Constant(LANES, ir.Undefined), ir.Constant(ir.VectorType(I32, 32), [0] * 32))

    def generate(context: Any, b: Builder, signature: Any, args: Any) -> Any:
        start, masks, gains, n, need, mask, out = args
        zero = ir.Constant(LANES, [0] * 32)
        lanes_of_bits = ir.VectorType(BIT, 32)
        for half in range(2):

            def add(b: Builder, q: Any, sums: Values, half: int = half) -> Values:
                offset = b.shl(q, _number(3))
                address = b.add(_load(b, b.add(masks, offset), I64), _number(32 * half))
                gain = splat(b, _load(b, b.add(gains, offset), I64))
                chosen = [b.bitcast(_load(b, b.add(address, _number(4 * t)), I32), lanes_of_bits) for t in range(8)]
                return [b.add(s, b.select(bits, gain, zero)) for s, bits in zip(sums, chosen, strict=True)]

            first = [_load(b, b.add(start, _number(512 * half + 64 * t)), LANES) for t in range(8)]
            sums = _loop(b, n, first, add)
            for t, s in enumerate(sums):
                b.store(s, _at(b, b.add(out, _number(512 * half + 64 * t)), LANES), align=2)
                address = b.add(mask, _number(32 * half + 4 * t))
                bits = b.bitcast(b.icmp_signed(">", s, splat(b, need)), I32)
                b.store(b.and_(bits, _load(b, address, I32)), _at(b, address, I32))
        return context.get_dummy_value()

    whole, address = types.int64, types.uint64
    return types.void(address, address, address, whole, whole, address, address), generate
