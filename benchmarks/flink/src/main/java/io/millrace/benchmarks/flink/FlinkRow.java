// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.nexmark.Ascii;
import io.millrace.benchmarks.nexmark.EventRow;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/** An event as a row of Flink's, whose values are made when they are asked for. */
final class FlinkRow implements RowData {

    private static final int MICROS_PER_MILLI = 1000;

    private final EventRow event;
    private final int columns;
    private RowKind kind = RowKind.INSERT;

    FlinkRow(EventRow event, int columns) {
        this.event = event;
        this.columns = columns;
    }

    @Override
    public int getArity() {
        return columns;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind changed) {
        kind = changed;
    }

    @Override
    public boolean isNullAt(int column) {
        return false;
    }

    @Override
    public long getLong(int column) {
        return event.number(column);
    }

    @Override
    public StringData getString(int column) {
        Ascii text = event.text(column);
        return BinaryStringData.fromBytes(text.bytes(), text.offset(), text.length());
    }

    @Override
    public TimestampData getTimestamp(int column, int precision) {
        return TimestampData.fromEpochMillis(event.number(column) / MICROS_PER_MILLI);
    }

    private static UnsupportedOperationException none(int column) {
        return new UnsupportedOperationException(
                "events have numbers, texts and times only; asked for column " + column);
    }

    @Override
    public boolean getBoolean(int column) {
        throw none(column);
    }

    @Override
    public byte getByte(int column) {
        throw none(column);
    }

    @Override
    public short getShort(int column) {
        throw none(column);
    }

    @Override
    public int getInt(int column) {
        throw none(column);
    }

    @Override
    public float getFloat(int column) {
        throw none(column);
    }

    @Override
    public double getDouble(int column) {
        throw none(column);
    }

    @Override
    public DecimalData getDecimal(int column, int precision, int scale) {
        throw none(column);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int column) {
        throw none(column);
    }

    @Override
    public byte[] getBinary(int column) {
        throw none(column);
    }

    @Override
    public ArrayData getArray(int column) {
        throw none(column);
    }

    @Override
    public MapData getMap(int column) {
        throw none(column);
    }

    @Override
    public RowData getRow(int column, int fields) {
        throw none(column);
    }

    @Override
    public Variant getVariant(int column) {
        throw none(column);
    }
}
