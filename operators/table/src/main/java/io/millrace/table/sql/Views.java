// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The names by which queries find tables, without regard to case. For any thread. */
public final class Views {

    private final ConcurrentSkipListMap<String, Relation> views = new ConcurrentSkipListMap<>();

    Views() {}

    /** Gives a table a name; one of the name is replaced. */
    public void put(String name, Relation relation) {
        views.put(name.toLowerCase(Locale.ROOT), relation);
    }

    /** Takes a name away; whether it was there. */
    public boolean remove(String name) {
        return views.remove(name.toLowerCase(Locale.ROOT)) != null;
    }

    /** The table of a name. */
    public Optional<Relation> find(String name) {
        return Optional.ofNullable(views.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(views.keySet());
    }
}
