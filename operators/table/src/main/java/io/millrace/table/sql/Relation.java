// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** A query as the planner has it: a tree of relational algebra, and what its columns are called. Immutable. */
public final class Relation {

    /**
     * A column.
     *
     * @param qualifier the table it is of; empty for none
     * @param field its name and type
     */
    record Item(String qualifier, Field field) {}

    private final RelNode rel;
    private final List<Item> items;
    private final boolean streaming;

    Relation(RelNode rel, List<Item> items, boolean streaming) {
        this.rel = rel;
        this.items = List.copyOf(items);
        this.streaming = streaming;
    }

    RelNode rel() {
        return rel;
    }

    List<Item> items() {
        return items;
    }

    int size() {
        return items.size();
    }

    Field field(int index) {
        return items.get(index).field();
    }

    /** The columns. */
    public Schema schema() {
        return new Schema(items.stream().map(Item::field).toList());
    }

    /** Whether rows come for ever. */
    public boolean streaming() {
        return streaming;
    }

    /** The same under another name. */
    public Relation as(String alias) {
        return with(items.stream().map(item -> new Item(alias, item.field())).toList());
    }

    Relation with(List<Item> changed) {
        return new Relation(rel, changed, streaming);
    }

    /**
     * Checks that there is a column.
     *
     * @throws AnalysisException if it is not there, or there are several of the name
     */
    public void checkColumn(String name) {
        if (SqlText.column(name) instanceof Ast.Name column) {
            Names.resolve(this, column);
        }
    }
}
