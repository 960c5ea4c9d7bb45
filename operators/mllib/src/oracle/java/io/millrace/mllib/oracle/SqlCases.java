// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import org.apache.spark.ml.*;
import org.apache.spark.ml.classification.*;
import org.apache.spark.ml.clustering.*;
import org.apache.spark.ml.evaluation.*;
import org.apache.spark.ml.feature.*;
import org.apache.spark.ml.fpm.*;
import org.apache.spark.ml.linalg.*;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.ml.regression.*;
import org.apache.spark.ml.tuning.*;
import org.apache.spark.sql.*;

/** Statements of SQLTransformer. */
final class SqlCases extends CaseList {

    SqlCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        String[] statements = {
            "SELECT * FROM __THIS__",
            "SELECT id, b + 1 FROM __THIS__",
            "SELECT id, -b, k * 2, c % 2, k DIV 3 FROM __THIS__",
            "SELECT id, CAST(c AS STRING) AS cs, CAST(k AS STRING) ks, CAST(cat2 = 'u' AS INT) u FROM __THIS__",
            "SELECT __THIS__.id, __THIS__.b AS bb FROM __THIS__ WHERE __THIS__.k > 3",
            "select ID, B from __THIS__ where not (K < 0 or C > 2)",
            "SELECT id, trim(concat('  ', cat, ' ')) t, substring(cat, 2, 3) s, lower(cat) l, replace(cat, 'e', 'E') r FROM __THIS__",
            "SELECT id, a <=> NULL AS n, isnull(a) i, nvl(a, -1) v, nullif(k, 3) f FROM __THIS__",
            "SELECT id, CASE k WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS w FROM __THIS__",
            "SELECT id, log10(c + 1) x, log2(c + 1) y, log1p(c) z, ln(c + 0.5) w, sin(b), cos(b), tan(b), atan2(b, c) FROM __THIS__",
            "SELECT id, k & 3 AS x, k | 8 AS y, k ^ 5 AS z, ~k AS n FROM __THIS__",
            "SELECT id, size(tokens) AS n, tokens[0] AS t0 FROM __THIS__ WHERE size(tokens) > 0",
            "SELECT id, split(text, ' ') AS w FROM __THIS__",
            "SELECT id, array(b, c) AS ar, features FROM __THIS__",
            "SELECT id, b AS `my col`, c AS `ünï` FROM __THIS__",
            "SELECT *, (b + c) / 2 AS mean, b - c AS d FROM __THIS__ WHERE cat IN ('red', 'Äpfel') AND flag",
            "SELECT id, cat RLIKE '^[rg]' AS rx, cat NOT LIKE '%e%' AS nl, k NOT IN (1, 2) AS ni, k NOT BETWEEN 0 AND 5 AS nb FROM __THIS__",
            "SELECT id, signum(b) s, cbrt(c) cb, hypot(b, c) h, degrees(b) dg, radians(b) rd, power(c, 0.5) p, mod(k, 3) m, pmod(k, 3) pm FROM __THIS__",
            "SELECT id, 1 AS one, 1.5 AS dec, 1e3 AS dbl, 'x' AS str, true AS t, null AS n, 10L AS lng FROM __THIS__",
            "SELECT id, k + 1.5 AS x, k * 0.1 AS y, b * 1.5 AS z FROM __THIS__",
            "SELECT id, k / 0 AS x FROM __THIS__",
            "SELECT id, l * 9223372036854775807 AS x FROM __THIS__",
            "SELECT id, CAST(cat AS INT) AS x FROM __THIS__",
            "SELECT id, try_cast(cat AS DOUBLE) AS x FROM __THIS__",
            "SELECT id, concat_ws('-', cat, cat2) AS x, initcap(cat) AS i, reverse(cat) r, lpad(cat, 8, '*') lp, instr(cat, 'e') ins FROM __THIS__",
            "SELECT id, c, log(c) lc FROM __THIS__ WHERE c > 1 ORDER BY id",
            "SELECT id, int(c) AS i, double(k) AS d, string(flag) AS s FROM __THIS__",
            "SELECT id, least(b, c, 0.5) x, greatest(k, 3) y, ifnull(a, b) z, nanvl(a, 0.0D) w, nvl2(a, 1, 0) v FROM __THIS__",
            "SELECT id, bround(c, 1) x, round(k, -1) y, round(c) z, ceil(b) w, floor(b) v, rint(b) u, bin(k) t, hex(k) h FROM __THIS__",
            "SELECT id, cat || '!' AS x, length(trim(text)) AS n, char_length(cat) FROM __THIS__ WHERE text <> ''",
            "SELECT id, array_contains(tokens, 'dog') AS x, element_at(tokens, 1) AS e FROM __THIS__ WHERE size(tokens) >= 1",
            "SELECT id, b > 0 AND c < 2 OR flag AS x, NOT flag AND true AS y, flag = true AS z, b <> c AS w, b != c AS v, b == c FROM __THIS__",
            "SELECT id, split(text, ' ')[0] AS x, array(b, c)[1] y, array(b, c)[k % 2] z, get(tokens, 1) g, l & k w, 1 | k ^ 3 & l v FROM __THIS__ WHERE k > 0",
            "SELECT id, element_at(tokens, -1) FROM __THIS__",
            "SELECT id, tokens[2] FROM __THIS__",
            "SELECT id, element_at(split(text, ' '), 1) x, array_contains(split(text, ' '), cat) y, array_contains(tokens, cat) z FROM __THIS__",
            "SELECT id, ~k, k & 3, l | k, size(array(k, l)), array(k, l), array('a', cat) FROM __THIS__",
            "SELECT id, initcap(text) a, initcap('éCOLE à-b  c') b, hex(cat) c, hex(l) d, bin(l) e, bin(c) f FROM __THIS__",
            "SELECT id, array(1, 2) AS a, array(k, NULL) AS b, array_contains(array(1, 2), k) c, array_contains(array(k, NULL), 3) d FROM __THIS__"
        };
        for (String q : new String[] {
            "SELECT id, a + b AS ab FROM __THIS__ WHERE b > 0",
            "SELECT *, CASE WHEN b > 0 THEN 'up' WHEN b < 0 THEN 'down' ELSE 'flat' END AS dir FROM __THIS__",
            "SELECT *, log(c + 1) AS lc, pow(b, 2) AS b2, abs(k) AS ak, k % 3 AS m, k / 2 AS h FROM __THIS__",
            "SELECT id, upper(cat) AS u, concat(cat2, '-', cat) AS cc, length(cat) AS n, coalesce(a, 0.0) AS a0 FROM __THIS__ WHERE cat IS NOT NULL AND k BETWEEN 0 AND 10",
            "SELECT id, CAST(k AS DOUBLE) AS kd, CAST(c AS INT) AS ci, k IN (1, 2, 3) AS few, cat LIKE 're%' AS r, NOT flag AS nf FROM __THIS__",
            "SELECT id, sqrt(c) AS sc, exp(b) AS eb, round(c, 1) AS rc, floor(c) AS fc, ceil(c) AS cc, greatest(b, c) AS g, if(flag, b, c) AS i FROM __THIS__",
            "SELECT *, k AS k2 FROM __THIS__ WHERE isnan(a) OR a IS NULL"
        })
            make(
                    "o-sql-" + Integer.toHexString(q.hashCode()),
                    "feature/SQLTransformer",
                    NEAR,
                    s("a", "b", "c", "k", "cat", "cat2", "flag"),
                    () -> new SQLTransformer().setStatement(q));
        for (int i = 0; i < statements.length; i++) {
            String q = statements[i];
            make(
                    String.format("q-sql-%02d", i),
                    "feature/SQLTransformer",
                    NEAR,
                    s("a", "b", "c", "k", "l", "cat", "cat2", "flag", "text", "tokens", "features"),
                    () -> new SQLTransformer().setStatement(q));
        }
    }
}
