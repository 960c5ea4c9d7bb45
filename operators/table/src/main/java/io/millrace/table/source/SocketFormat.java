// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of text from a TCP server, in a column {@code value}; as {@code nc -lk 9999}. Options: {@code host} and {@code port}, to which it
 * connects, again and again when the connection is lost; {@code includeTimestamp}, for a column {@code timestamp} of when the line came.
 */
public final class SocketFormat implements TableFormat {

    private static final int LAST_PORT = 65_535;

    /** The format. */
    public SocketFormat() {}

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public StreamSource stream(ReadRequest request) {
        request.refuseSchema(name());
        FormatOptions options = request.options();
        String host = options.required(name(), "host");
        var unused = options.required(name(), "port");
        int port = (int) options.number("port", 0, 1, LAST_PORT);
        boolean stamped = options.flag("includeTimestamp", false);
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("value", AtomicType.STRING));
        if (stamped) {
            fields.add(Field.of("timestamp", AtomicType.TIMESTAMP));
        }
        return new ReceiverSource<>(
                "TextSocketV2[host: " + host + ", port: " + port + "]",
                new Schema(fields),
                () -> new SocketLines(host, port),
                lines -> LineColumns.of(lines, new Schema(fields)));
    }
}
