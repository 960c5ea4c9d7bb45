// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map: how many entries, and their keys and values in turn. Comes back unmodifiable and in the same order. */
final class MapForm implements Form {

    private final Form keys;
    private final Form values;

    MapForm(Form keys, Form values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        Map<?, ?> map = (Map<?, ?>) Checks.present(value, "Map");
        out.enter();
        int count = map.size();
        out.writeCount(count);
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            keys.write(entry.getKey(), out);
            values.write(entry.getValue(), out);
            written++;
        }
        Checks.unchanged(count, written);
        out.leave();
    }

    @Override
    public Map<?, ?> read(WireInput in) {
        in.enter();
        int count = in.readCount(2);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int start = in.position();
            Object key = keys.read(in);
            Object value = values.read(in);
            int before = map.size();
            Checks.userCode(() -> map.put(key, value), "A key of a map", start);
            if (map.size() == before) {
                throw new WireException("A key of a map at byte " + start + " is there twice");
            }
        }
        in.leave();
        return Collections.unmodifiableMap(map);
    }
}
