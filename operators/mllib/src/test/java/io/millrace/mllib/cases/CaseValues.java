// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Values as the JSON of the cases has them, turned into those of tables. */
final class CaseValues {

    private CaseValues() {}

    static Row row(Schema schema, Map<?, ?> json) {
        Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = schema.fields().get(i);
            values[i] = value(field.type(), json.get(field.name()));
        }
        return Row.of(schema, values);
    }

    static Object value(DataType type, Object json) {
        if (json == null) {
            return null;
        }
        if (type instanceof DataType.Array array) {
            List<Object> list = new ArrayList<>();
            for (Object element : (List<?>) json) {
                list.add(value(array.element(), element));
            }
            return list;
        }
        if (type instanceof DataType.Struct struct) {
            return row(struct.schema(), (Map<?, ?>) json);
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(String.valueOf(json)).setScale(decimal.scale());
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN, STRING -> json;
            case BYTE -> ((Number) json).byteValue();
            case SHORT -> ((Number) json).shortValue();
            case INTEGER -> ((Number) json).intValue();
            case LONG -> ((Number) json).longValue();
            case FLOAT -> Float.parseFloat(String.valueOf(json));
            case DOUBLE -> number(json);
            case VECTOR -> vector((Map<?, ?>) json);
            case VOID -> throw new IllegalArgumentException("a void column holds " + json);
            case MATRIX -> throw new IllegalArgumentException("no case has a matrix");
        };
    }

    static double number(Object json) {
        return Double.parseDouble(String.valueOf(json));
    }

    private static Vector vector(Map<?, ?> json) {
        double[] values = ((List<?>) json.get("values"))
                .stream().mapToDouble(CaseValues::number).toArray();
        if (json.get("type").equals("dense")) {
            return Vectors.dense(values);
        }
        int[] indices = ((List<?>) json.get("indices"))
                .stream().mapToInt(index -> ((Number) index).intValue()).toArray();
        return Vectors.sparse(((Number) json.get("size")).intValue(), indices, values);
    }
}
