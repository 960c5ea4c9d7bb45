// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The claims of a log, one file for each epoch. */
final class Epochs {

    static final String DIRECTORY = "epochs";

    private static final String BEGUN = DIRECTORY + "/begun";
    private static final Pattern CLAIM = Pattern.compile("(\\d{6,9})\\.claim");
    private static final Pattern UNFINISHED = Pattern.compile("(\\d{6,9})-.*\\.tmp");

    private final LogStorage storage;
    private @Nullable Object held;

    Epochs(LogStorage storage) {
        this.storage = storage;
    }

    /** Whether nobody ever claimed, or all claims are gone. */
    boolean isEmpty() throws IOException {
        return greatest() == 0;
    }

    /**
     * Claims the next epoch, durably. Whoever wrote before can commit nothing from now on.
     *
     * @throws LogRefusedException if the log is that of another job; nothing is claimed
     */
    Claim claim(Claimant claimant) throws IOException {
        int last = greatest();
        UUID logId = claimant.incarnation();
        if (last > 0) {
            Claim before = read(last);
            if (!before.job().equals(claimant.job())) {
                throw new LogRefusedException(
                        storage.describe(""),
                        "it belongs to the job '" + before.job() + "', and '" + claimant.job() + "' wants it");
            }
            logId = before.logId();
        }
        while (true) {
            Claim claim = new Claim(last + 1, logId, claimant.incarnation(), claimant.now(), claimant.job());
            boolean claimed = publish(claim);
            // Looked up again: a name below the newest is free once old claims have been deleted.
            last = greatest();
            if (claimed && last == claim.epoch()) {
                return claim;
            }
            logId = read(last).logId();
        }
    }

    /**
     * Claims a log that nobody has claimed, with an epoch that is not the first.
     *
     * @throws LogRefusedException if somebody has
     */
    Claim first(Claimant claimant, int epoch) throws IOException {
        Claim claim = new Claim(epoch, claimant.incarnation(), claimant.incarnation(), claimant.now(), claimant.job());
        if (!isEmpty() || !publish(claim)) {
            throw new LogRefusedException(storage.describe(""), "it is claimed already; give an empty directory");
        }
        return claim;
    }

    /** The claims that are there, the oldest first. */
    List<Claim> all() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (String name : storage.list(DIRECTORY)) {
            Optional<Integer> number = number(CLAIM, name);
            if (number.isPresent()) {
                claims.add(read(number.get()));
            }
        }
        return claims;
    }

    private boolean publish(Claim claim) throws IOException {
        String unfinished =
                DIRECTORY + "/" + String.format(Locale.ROOT, "%06d-", claim.epoch()) + claim.incarnation() + ".tmp";
        try (LogFile file = storage.create(unfinished)) {
            file.append(ByteBuffer.wrap(claim.encode()));
            file.sync();
        }
        held = storage.identity(unfinished);
        boolean claimed = storage.link(unfinished, path(claim.epoch()));
        // Also when somebody else was faster: what is built upon his claim must not outlive it.
        storage.syncDirectory(DIRECTORY);
        storage.delete(unfinished);
        return claimed;
    }

    /**
     * Fails unless the claim that was made here is the newest. The next one is looked for first: claims go in ascending order, so if the
     * next one was there and is gone, this one is gone too.
     */
    void check(int epoch) throws IOException {
        if (storage.exists(path(epoch + 1))) {
            throw new LogFencedException(epoch, storage.describe(path(epoch + 1)) + " claims the log");
        }
        Object found = storage.identity(path(epoch));
        if (found == null) {
            throw new LogFencedException(epoch, storage.describe(path(epoch)) + " is gone");
        }
        if (!found.equals(held)) {
            throw new LogFencedException(
                    epoch, storage.describe(path(epoch)) + " is not the file that was made, the directory was swapped");
        }
    }

    /** Whether the log ever had a segment. */
    boolean begun() throws IOException {
        return storage.exists(BEGUN);
    }

    /** Notes durably that the log has a segment: from now on a log without one has been lost. */
    void begin() throws IOException {
        if (!begun()) {
            storage.create(BEGUN).close();
        }
        storage.syncDirectory(DIRECTORY);
    }

    /** Deletes the claims before {@code epoch}, the oldest first, and what was left unfinished. */
    void deleteBefore(int epoch) throws IOException {
        for (String name : storage.list(DIRECTORY)) {
            int claimed = number(CLAIM, name).or(() -> number(UNFINISHED, name)).orElse(epoch);
            if (claimed < epoch) {
                storage.delete(DIRECTORY + "/" + name);
            }
        }
    }

    private int greatest() throws IOException {
        List<String> names = storage.list(DIRECTORY);
        return names.stream().flatMap(name -> number(CLAIM, name).stream()).reduce(0, Math::max);
    }

    private Claim read(int epoch) throws IOException {
        String path = path(epoch);
        Claim claim = Claim.decode(storage.read(path), storage.describe(path));
        if (claim.epoch() != epoch) {
            throw new LogCorruptedException(storage.describe(path), 0, "it claims epoch " + claim.epoch());
        }
        return claim;
    }

    private static Optional<Integer> number(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static String path(int epoch) {
        return DIRECTORY + "/" + String.format(Locale.ROOT, "%06d.claim", epoch);
    }
}
