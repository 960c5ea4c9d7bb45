// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws points and the ways that centres took among them: the last 2000 points and 200 steps. Needs no screen. Used by one thread at a
 * time.
 */
final class CentresPlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 700;
    private static final int LEGEND_PADDING = 12;
    private static final float LINE = 2.5f;
    private static final List<Color> COLORS =
            List.of(new Color(0x1f77b4), new Color(0xd95f02), new Color(0x2a8f4f), new Color(0x7b4fa3));
    private static final Color FAINT = new Color(0x60, 0x60, 0x60, 70);

    private static final int MAX_POINTS = 2000;
    private static final int MAX_STEPS = 200;

    private final Deque<Vector> points = new ArrayDeque<>();
    private final List<Deque<Vector>> ways = new ArrayList<>();

    CentresPlot(List<Vector> centres) {
        centres.forEach(centre -> ways.add(new ArrayDeque<>(List.of(centre))));
    }

    /** Points that came. */
    void addPoints(List<Vector> batch) {
        points.addAll(batch);
        while (points.size() > MAX_POINTS) {
            points.removeFirst();
        }
    }

    /** Where the centres are now. */
    void addCentres(List<Vector> centres) {
        for (int i = 0; i < ways.size(); i++) {
            Deque<Vector> way = ways.get(i);
            way.add(centres.get(i));
            if (way.size() > MAX_STEPS) {
                way.removeFirst();
            }
        }
    }

    /** Writes the picture, over one that is there. */
    void write(Path png) throws IOException {
        try (OutputStream out = Files.newOutputStream(png)) {
            ChartEncoder.saveChart(chart(), out, "png");
        }
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Streaming k-means: the way of the centres among " + points.size() + " points")
                .xAxisTitle("x")
                .yAxisTitle("y")
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPadding(LEGEND_PADDING)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        chart.getStyler()
                .setXAxisDecimalPattern("0")
                .setYAxisDecimalPattern("0")
                .setPlotBorderVisible(false);
        add(chart, "points", points, FAINT, SeriesMarkers.CIRCLE, XYSeries.XYSeriesRenderStyle.Scatter);
        for (int i = 0; i < ways.size(); i++) {
            Color color = COLORS.get(i % COLORS.size());
            add(chart, "centre " + i, ways.get(i), color, SeriesMarkers.CIRCLE, XYSeries.XYSeriesRenderStyle.Line);
        }
        List<Vector> starts = ways.stream().map(Deque::getFirst).toList();
        List<Vector> ends = ways.stream().map(Deque::getLast).toList();
        add(chart, "at first", starts, Color.BLACK, SeriesMarkers.SQUARE, XYSeries.XYSeriesRenderStyle.Scatter);
        add(chart, "at last", ends, Color.BLACK, SeriesMarkers.DIAMOND, XYSeries.XYSeriesRenderStyle.Scatter);
        return chart;
    }

    private static void add(
            XYChart chart,
            String name,
            Collection<Vector> at,
            Color color,
            Marker marker,
            XYSeries.XYSeriesRenderStyle style) {
        if (at.isEmpty()) {
            return;
        }
        double[] x = at.stream().mapToDouble(point -> point.apply(0)).toArray();
        double[] y = at.stream().mapToDouble(point -> point.apply(1)).toArray();
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(style);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarkerColor(color);
        series.setMarker(marker);
    }
}
