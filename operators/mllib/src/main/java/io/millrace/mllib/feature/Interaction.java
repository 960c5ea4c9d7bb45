// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All products of one entry of each column. A nominal column, or nominal entry of a vector, is taken as one column of 0 and
 * 1 per value. The metadata of the columns says what is nominal; a vector column must have some. The result is dense or
 * sparse, whichever is smaller. Of more than
 * {@link AttributeGroup#MOST} entries the metadata says how many there are, not their names. As Spark's
 * {@code Interaction}.
 */
public final class Interaction implements Transformer {

    private final String uid;
    private final List<String> inputCols;
    private final String outputCol;

    public Interaction(Params params) {
        uid = params.uid();
        List<String> inputs = params.strings("inputCols");
        if (inputs == null || inputs.isEmpty() || new HashSet<>(inputs).size() != inputs.size()) {
            throw params.failure("inputCols", "is " + inputs + ", must be names, each once");
        }
        inputCols = inputs;
        outputCol = params.outputCol();
    }

    static Interaction load(SavedStage saved) {
        return new Interaction(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        List<List<Attribute>> columns = new ArrayList<>();
        List<FeatureEncoder> encoders = new ArrayList<>();
        long size = 1;
        for (String column : inputCols) {
            Field field = plan.field(column);
            List<Attribute> attributes = attributes(field);
            FeatureEncoder encoder = FeatureEncoder.of(attributes);
            columns.add(attributes);
            encoders.add(encoder);
            size *= encoder.outputSize();
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "the interaction of " + inputCols + " has more than " + Integer.MAX_VALUE + " entries");
            }
        }
        int[] in = inputCols.stream().mapToInt(plan::slot).toArray();
        AttributeGroup attributes = size > AttributeGroup.MOST
                ? AttributeGroup.ofSize(outputCol, (int) size)
                : AttributeGroup.of(outputCol, names(plan, columns));
        int out = plan.add(Field.of(outputCol, DataType.VECTOR).withAttributes(attributes));
        FeatureProduct product = new FeatureProduct(in, encoders.toArray(new FeatureEncoder[0]));
        plan.step(slots -> {
            slots[out] = product.of(slots);
            return true;
        });
    }

    private static List<Attribute> attributes(Field field) {
        if (field.type().isNumeric()) {
            Attribute said = field.attribute();
            return List.of((said.kind() == Attribute.Kind.UNRESOLVED ? Attribute.numeric() : said)
                    .withName(said.name() == null ? field.name() : said.name()));
        }
        if (!field.type().equals(DataType.VECTOR)) {
            if (!field.type().equals(DataType.BOOLEAN)) {
                throw new ScoringException(
                        "scala.MatchError",
                        TypeNames.scala(field.type()) + " (of " + TypeNames.javaClass(field.type()) + ")");
            }
            // Spark lets it pass first, and then wants a number
            throw new IllegalArgumentException("requirement failed");
        }
        List<Attribute> said = field.attributeGroup().attributes();
        if (said == null) {
            throw ScoringException.spark("Vector attributes must be defined for interaction.");
        }
        return said;
    }

    /** The names of the products: those of the entries, joined by colons. */
    private List<Attribute> names(RowPlan plan, List<List<Attribute>> columns) {
        List<Attribute> names = List.of();
        for (int i = columns.size() - 1; i >= 0; i--) {
            Field field = plan.field(inputCols.get(i));
            List<Attribute> heads = encoded(columns.get(i), field.type().equals(DataType.VECTOR) ? field.name() : null);
            if (names.isEmpty()) {
                names = heads;
                continue;
            }
            List<Attribute> joined = new ArrayList<>();
            for (Attribute head : heads) {
                for (Attribute tail : names) {
                    joined.add(Attribute.numeric().withName(head.name() + ":" + tail.name()));
                }
            }
            names = joined;
        }
        return names;
    }

    private static List<Attribute> encoded(List<Attribute> attributes, @Nullable String group) {
        List<Attribute> encoded = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            String name = (group == null ? "" : group + "_") + (attribute.name() == null ? i : attribute.name());
            if (attribute.kind() != Attribute.Kind.NOMINAL) {
                encoded.add(Attribute.numeric().withName(name));
                continue;
            }
            List<String> values = attribute.values();
            for (int value = 0; value < attribute.valueCount(); value++) {
                encoded.add(Attribute.binary().withName(name + "_" + (values == null ? value : values.get(value))));
            }
        }
        return encoded;
    }
}
