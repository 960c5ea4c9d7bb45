// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.durable.JournalEntry.NamedNode;
import io.millrace.runtime.durable.JournalEntry.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the operators of an earlier run among those of the present one, by their names. */
final class Translation {

    private final Names then;
    private final Names now;
    private final StateMigration migration;
    private final Map<Integer, Integer> nodes = new HashMap<>();

    Translation(Names then, Names now, StateMigration migration) {
        this.then = then;
        this.now = now;
        this.migration = migration;
        for (NamedNode node : then.nodes()) {
            now.node(migration.nameNow(node.name())).ifPresent(number -> nodes.put(node.node(), number));
        }
    }

    /** Why the names of the earlier run cannot be those of the present one; empty if they can. */
    List<String> clashes() {
        List<String> clashes = new ArrayList<>();
        Map<Integer, String> taken = new HashMap<>();
        for (NamedNode node : then.nodes()) {
            Optional<NamedNode> present =
                    Optional.ofNullable(nodes.get(node.node())).flatMap(now::named);
            if (present.isEmpty() || node.role() == Role.OTHER) {
                continue;
            }
            if (present.get().role() != node.role()) {
                clashes.add("'" + present.get().name() + "' is now "
                        + text(present.get().role()) + ", and '" + node.name() + "' was " + text(node.role())
                        + ": give it another name");
            }
            String other = taken.putIfAbsent(present.get().node(), node.name());
            if (other != null) {
                clashes.add("'" + other + "' and '" + node.name() + "' would both be '"
                        + present.get().name() + "'");
            }
        }
        return clashes;
    }

    private static String text(Role role) {
        return switch (role) {
            case SOURCE -> "an input";
            case STATE -> "an operator with state";
            case OUTPUT -> "an output";
            case OTHER -> "an operator without state";
        };
    }

    /** The present number of an operator; empty if it is no more. */
    OptionalInt node(int number) {
        Integer present = nodes.get(number);
        return present == null ? OptionalInt.empty() : OptionalInt.of(present);
    }

    /** The name that an operator had then. */
    String name(int number) {
        return then.named(number).map(NamedNode::name).orElse("operator " + number);
    }

    /** The present number of an input stream; empty if it is no more. */
    OptionalInt stream(int stream) {
        return now.stream(migration.nameNow(then.streamName(stream)));
    }

    /** The name that an input stream had then. */
    String streamName(int stream) {
        return then.streamName(stream);
    }

    /** The present name of a block of a stream that is still there. */
    BlockId block(BlockId id, int presentStream) {
        return new BlockId(presentStream, id.incarnation(), id.number());
    }
}
