// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.nexmark.Ascii;
import io.millrace.benchmarks.nexmark.EventRow;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.GeographyVal;
import org.apache.spark.unsafe.types.GeometryVal;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;

/** An event as a row of Spark's, whose values are made when they are asked for. */
final class SparkEvent extends InternalRow {

    private static final long serialVersionUID = 1;

    private final transient EventRow event;
    private final transient StructType schema;

    SparkEvent(EventRow event, StructType schema) {
        this.event = event;
        this.schema = schema;
    }

    @Override
    public int numFields() {
        return schema.size();
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
    public UTF8String getUTF8String(int column) {
        Ascii text = event.text(column);
        return UTF8String.fromBytes(text.bytes(), text.offset(), text.length());
    }

    @Override
    public Object get(int column, DataType type) {
        return type instanceof StringType ? getUTF8String(column) : (Object) getLong(column);
    }

    @Override
    public InternalRow copy() {
        Object[] values = new Object[numFields()];
        for (int column = 0; column < values.length; column++) {
            values[column] = get(column, schema.apply(column).dataType());
        }
        return new GenericInternalRow(values);
    }

    @Override
    public void setNullAt(int column) {
        throw none(column);
    }

    @Override
    public void update(int column, Object value) {
        throw none(column);
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
    public Decimal getDecimal(int column, int precision, int scale) {
        throw none(column);
    }

    @Override
    public byte[] getBinary(int column) {
        throw none(column);
    }

    @Override
    public GeographyVal getGeography(int column) {
        throw none(column);
    }

    @Override
    public GeometryVal getGeometry(int column) {
        throw none(column);
    }

    @Override
    public CalendarInterval getInterval(int column) {
        throw none(column);
    }

    @Override
    public VariantVal getVariant(int column) {
        throw none(column);
    }

    @Override
    public InternalRow getStruct(int column, int fields) {
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

    private static UnsupportedOperationException none(int column) {
        return new UnsupportedOperationException(
                "events have numbers, texts and times only; asked for column " + column);
    }
}
