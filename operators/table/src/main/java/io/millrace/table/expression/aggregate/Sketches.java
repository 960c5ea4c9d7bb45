// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.RowBytes;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Growing;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts different values approximately, by HyperLogLog. Immutable. Generated code calls the methods. */
public final class Sketches {

    private static final long SEED = 42;

    private final RowBytes bytes;
    private final int precision;

    /** For values of a type, with a standard error. */
    Sketches(DataType type, double error) {
        bytes = RowBytes.ofKeys(List.of(type));
        precision = (int) Math.ceil(2.0 * Math.log(1.106 / error) / Math.log(2.0));
    }

    /** What is held with one more value; nulls are left out. */
    public Object update(@Nullable Object held, @Nullable Object value) {
        Registers registers = of(held);
        if (value != null) {
            registers.add(hash(value), precision);
        }
        return registers;
    }

    /** What is held with what another held. */
    public Object merge(@Nullable Object held, byte @Nullable [] other) {
        Registers registers = of(held);
        for (int i = 0; other != null && i < other.length; i++) {
            registers.ranks[i] = (byte) Math.max(registers.ranks[i], other[i]);
        }
        return registers;
    }

    /** How many there are, about; nearly exact while there are few. */
    public long estimate(byte @Nullable [] ranks) {
        return ranks == null ? 0 : Math.round(RankEstimate.of(ranks));
    }

    private Registers of(@Nullable Object held) {
        if (held instanceof Registers registers) {
            return registers;
        }
        return new Registers(held == null ? new byte[1 << precision] : ((byte[]) held).clone());
    }

    private long hash(Object value) {
        if (value instanceof Integer number) {
            return XxHash64.ofInt(number, SEED);
        } else if (value instanceof Long number) {
            return XxHash64.ofLong(number, SEED);
        } else if (value instanceof Boolean truth) {
            return XxHash64.ofInt(truth ? 1 : 0, SEED);
        } else if (value instanceof Double number) {
            return XxHash64.ofLong(Double.doubleToLongBits(number == 0 ? 0.0 : number), SEED);
        } else if (value instanceof Float number) {
            return XxHash64.ofInt(Float.floatToIntBits(number == 0 ? 0.0f : number), SEED);
        } else if (value instanceof Utf8 text) {
            return XxHash64.ofBytes(text.bytes(), text.start(), text.length(), SEED);
        } else if (value instanceof BigDecimal decimal && isShort(bytes.types().get(0))) {
            return XxHash64.ofLong(decimal.unscaledValue().longValue(), SEED);
        } else if (value instanceof BigDecimal decimal) {
            byte[] digits = decimal.unscaledValue().toByteArray();
            return XxHash64.ofBytes(digits, 0, digits.length, SEED);
        }
        byte[] encoded =
                bytes.types().get(0) == AtomicType.BINARY ? (byte[]) value : bytes.encode(new Object[] {value});
        return XxHash64.ofBytes(encoded, 0, encoded.length, SEED);
    }

    private static boolean isShort(DataType type) {
        return type instanceof DecimalType decimal && decimal.precision() <= 18;
    }

    /** One register per part of the hashes: the greatest rank of a first bit seen there. */
    private static final class Registers implements Growing {

        private final byte[] ranks;

        Registers(byte[] ranks) {
            this.ranks = ranks;
        }

        void add(long hash, int precision) {
            int index = (int) (hash >>> (64 - precision));
            long rest = (hash << precision) | (1L << (precision - 1));
            int rank = Long.numberOfLeadingZeros(rest) + 1;
            ranks[index] = (byte) Math.max(ranks[index], rank);
        }

        @Override
        public Object toValue() {
            return ranks.clone();
        }
    }
}
