// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the features of a vector column the names that a formula has for them, and moves the column to the end; part of what
 * {@link RFormulaModel} saves. As Spark's {@code VectorAttributeRewriter}.
 */
public final class VectorAttributeRewriter implements Transformer {

    private final String uid;
    private final String vectorCol;
    private final Map<String, String> prefixes;

    /** Each text in a name that is a key of {@code prefixes} gives way to the value. */
    public VectorAttributeRewriter(Params params, String vectorCol, Map<String, String> prefixes) {
        uid = params.uid();
        this.vectorCol = vectorCol;
        this.prefixes = new LinkedHashMap<>(prefixes);
    }

    static VectorAttributeRewriter load(SavedStage saved) {
        ParquetRow data = saved.data();
        Map<String, String> prefixes = new LinkedHashMap<>();
        data.map("prefixesToRewrite").forEach((from, to) -> {
            if (!(from instanceof String key) || !(to instanceof String value)) {
                throw data.failure("prefixesToRewrite", "holds " + from + " and " + to + " where strings belong");
            }
            prefixes.put(key, value);
        });
        return new VectorAttributeRewriter(saved.params(), data.getString("vectorCol"), prefixes);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        plan.vectorSlot(vectorCol);
        Field field = plan.field(vectorCol);
        AttributeGroup group = field.attributeGroup();
        List<Attribute> attributes = group.attributes();
        if (attributes == null) {
            throw new IllegalArgumentException("column \"" + vectorCol + "\" has no attributes to name");
        }
        List<Attribute> renamed = new ArrayList<>();
        for (Attribute attribute : attributes) {
            renamed.add(attribute.name() == null ? attribute : attribute.withName(rename(attribute.name())));
        }
        List<String> names = new ArrayList<>(plan.schema().names());
        names.remove(vectorCol);
        names.add(vectorCol);
        plan.select(names);
        plan.describe(field.withAttributes(AttributeGroup.of(vectorCol, renamed)));
    }

    private String rename(String name) {
        String renamed = name;
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            renamed = renamed.replace(prefix.getKey(), prefix.getValue());
        }
        return renamed;
    }
}
