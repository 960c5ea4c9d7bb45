// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of columns as Calcite has them. They serve its checks and its texts; what counts is {@link DataType}. */
final class RowTypes {

    private static final class Spark extends RelDataTypeSystemImpl {
        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxScale(typeName);
        }

        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return typeName == SqlTypeName.TIMESTAMP
                    ? 6
                    : typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxPrecision(typeName);
        }
    }

    private RowTypes() {}

    static RelDataTypeFactory factory() {
        return new JavaTypeFactoryImpl(new Spark());
    }

    static RelDataType of(RelDataTypeFactory factory, DataType type, boolean nullable) {
        return factory.createTypeWithNullability(of(factory, type), nullable);
    }

    /** A row; names that come twice get a number. */
    static RelDataType row(RelDataTypeFactory factory, List<Field> fields) {
        RelDataTypeFactory.Builder row = factory.builder();
        List<String> names = distinct(fields.stream().map(Field::name).toList());
        for (int i = 0; i < fields.size(); i++) {
            row.add(
                    names.get(i),
                    of(factory, fields.get(i).type(), fields.get(i).nullable()));
        }
        return row.build();
    }

    static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>();
        return names.stream()
                .map(name -> {
                    String chosen = name;
                    for (int n = 0; !taken.add(chosen.toLowerCase(Locale.ROOT)); n++) {
                        chosen = name + n;
                    }
                    return chosen;
                })
                .toList();
    }

    private static RelDataType of(RelDataTypeFactory factory, DataType type) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case NULL -> factory.createSqlType(SqlTypeName.NULL);
                case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
                case BYTE -> factory.createSqlType(SqlTypeName.TINYINT);
                case SHORT -> factory.createSqlType(SqlTypeName.SMALLINT);
                case INT -> factory.createSqlType(SqlTypeName.INTEGER);
                case LONG -> factory.createSqlType(SqlTypeName.BIGINT);
                case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
                case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
                case STRING -> factory.createSqlType(SqlTypeName.VARCHAR);
                case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
                case DATE -> factory.createSqlType(SqlTypeName.DATE);
                case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
                case DAY_TIME_INTERVAL ->
                    factory.createSqlIntervalType(
                            new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
                case YEAR_MONTH_INTERVAL ->
                    factory.createSqlIntervalType(
                            new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            };
        }
        if (type instanceof DecimalType decimal) {
            return factory.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
        }
        if (type instanceof ArrayType array) {
            return factory.createArrayType(of(factory, array.element(), array.containsNull()), -1);
        }
        if (type instanceof MapType map) {
            return factory.createMapType(of(factory, map.key(), false), of(factory, map.value(), map.containsNull()));
        }
        return row(factory, ((StructType) type).fields());
    }
}
