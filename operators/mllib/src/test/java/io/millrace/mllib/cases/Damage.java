// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.MllibModels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does harm to the files of a saved model, which are in memory, by a seed. */
final class Damage {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    private static final List<String> HOSTILE = List.of(
            "-1",
            "0",
            "1",
            "2147483647",
            "-2147483648",
            "99999999999",
            "1e308",
            "-0.5",
            "\"NaN\"",
            "\"Inf\"",
            "null",
            "[]",
            "{}",
            "true",
            "\"\"");
    private static final List<String> CLASSES = List.copyOf(MllibModels.classNames());

    private final Random random;
    private final List<Map<String, byte[]>> others;

    /** Harm by {@code random}; foreign files come from {@code others}. */
    Damage(Random random, List<Map<String, byte[]>> others) {
        this.random = random;
        this.others = others;
    }

    /** Damages one of the files, and says how. */
    String apply(Map<String, byte[]> files) {
        List<String> names = new ArrayList<>(files.keySet());
        String name = names.get(random.nextInt(names.size()));
        boolean json = name.contains("metadata/");
        byte[] bytes = files.get(name);
        return switch (random.nextInt(json ? 10 : 6)) {
            case 0 -> put(files, name, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), "cut short");
            case 1 -> put(files, name, changed(bytes), "bytes changed");
            case 2 -> put(files, name, blank(bytes), "a stretch of zeros");
            case 3 -> {
                files.remove(name);
                yield "removed " + name;
            }
            case 4 -> put(files, name, foreign(name), "from another model");
            case 5 -> put(files, name.replace("part-", "part-2-"), bytes, "there twice");
            case 6, 7 -> put(files, name, numberChanged(bytes), "a number changed");
            case 8 -> put(files, name, classChanged(bytes), "another class");
            default -> put(files, name, without(bytes), "a stretch taken out");
        };
    }

    private static String put(Map<String, byte[]> files, String name, byte[] bytes, String what) {
        files.put(name, bytes);
        return what + ": " + name;
    }

    private byte[] changed(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int change = random.nextInt(8); change >= 0 && copy.length > 0; change--) {
            int at = random.nextInt(copy.length);
            copy[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : copy[at] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] blank(byte[] bytes) {
        byte[] copy = bytes.clone();
        int from = random.nextInt(copy.length + 1);
        Arrays.fill(copy, from, Math.min(copy.length, from + 1 + random.nextInt(200)), (byte) 0);
        return copy;
    }

    private byte[] without(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(60));
        byte[] rest = Arrays.copyOf(bytes, bytes.length - to + from);
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    private byte[] foreign(String name) {
        boolean parquet = name.endsWith(".parquet");
        for (int attempt = 0; attempt < 20; attempt++) {
            Map<String, byte[]> other = others.get(random.nextInt(others.size()));
            List<String> alike = other.keySet().stream()
                    .filter(file -> file.endsWith(".parquet") == parquet)
                    .toList();
            if (!alike.isEmpty()) {
                return other.get(alike.get(random.nextInt(alike.size())));
            }
        }
        return new byte[0];
    }

    private byte[] numberChanged(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher matcher = NUMBER.matcher(text);
        List<int[]> places = new ArrayList<>();
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        if (places.isEmpty()) {
            return bytes;
        }
        int[] place = places.get(random.nextInt(places.size()));
        return (text.substring(0, place[0]) + HOSTILE.get(random.nextInt(HOSTILE.size())) + text.substring(place[1]))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] classChanged(byte[] bytes) {
        String other = CLASSES.get(random.nextInt(CLASSES.size()));
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceFirst("\"class\":\"[^\"]*\"", "\"class\":\"" + other + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }
}
