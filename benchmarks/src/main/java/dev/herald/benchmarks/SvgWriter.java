package dev.herald.benchmarks;

import dev.herald.benchmarks.Chart.Bar;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Draws charts as horizontal bars, one below the other, with their values as text: to be
 * read on light and on dark pages alike.
 */
final class SvgWriter {

	private static final int WIDTH = 860;

	private static final int LABELS = 330;

	private static final int VALUES = 110;

	private static final int LINE = 24;

	private static final int BAR = 16;

	private static final int TITLE = 38;

	private static final int MARGIN = 12;

	private static final String TEXT_COLOUR = "#222222";

	private static final String BAR_COLOUR = "#3b76af";

	private static final String QUIET_COLOUR = "#666666";

	private final StringWriter text = new StringWriter();

	private final XMLStreamWriter xml;

	private SvgWriter() throws XMLStreamException {
		this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
	}

	/**
	 * The charts as one SVG document.
	 * @param title above all of them
	 * @param footer below all of them: the machine
	 */
	static String draw(String title, List<Chart> charts, String footer) {
		try {
			SvgWriter writer = new SvgWriter();
			writer.document(title, charts, footer);
			return writer.text.toString();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("a string takes all that is written to it", ex);
		}
	}

	private void document(String title, List<Chart> charts, String footer) throws XMLStreamException {
		int height = 2 * MARGIN + TITLE + LINE + charts.stream().mapToInt(SvgWriter::height).sum();
		xml.writeStartElement("svg");
		xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
		attributes("width", WIDTH, "height", height, "viewBox", "0 0 %d %d".formatted(WIDTH, height), "font-family",
				"system-ui, sans-serif", "font-size", 13, "role", "img");
		element("title", title);
		rectangle(0, 0, WIDTH, height, "#ffffff");
		label(MARGIN, MARGIN + 18, "start", TEXT_COLOUR, title, "font-size", 17, "font-weight", "bold");
		int y = MARGIN + TITLE;
		for (Chart chart : charts) {
			chart(chart, y);
			y += height(chart);
		}
		label(MARGIN, y + MARGIN, "start", QUIET_COLOUR, footer, "font-size", 10);
		xml.writeEndElement();
		xml.flush();
	}

	private static int height(Chart chart) {
		return TITLE + chart.bars().size() * LINE;
	}

	private void chart(Chart chart, int top) throws XMLStreamException {
		label(MARGIN, top + 20, "start", TEXT_COLOUR, "%s (%s)".formatted(chart.title(), chart.unit()), "font-weight",
				"bold");
		double longest = chart.bars().stream().mapToDouble(Bar::value).filter(Double::isFinite).max().orElse(0);
		int y = top + TITLE - 8;
		for (Bar bar : chart.bars()) {
			bar(bar, longest, y);
			y += LINE;
		}
	}

	private void bar(Bar bar, double longest, int y) throws XMLStreamException {
		int room = WIDTH - LABELS - VALUES - 2 * MARGIN;
		boolean known = Double.isFinite(bar.value()) && longest > 0;
		long length = known ? Math.max(1, Math.round(room * bar.value() / longest)) : 0;
		label(MARGIN + LABELS - 8, y + 13, "end", TEXT_COLOUR, bar.label());
		rectangle(MARGIN + LABELS, y, length, BAR, BAR_COLOUR);
		label(MARGIN + LABELS + length + 6, y + 13, "start", TEXT_COLOUR, Cells.text(bar.value(), ""));
	}

	private void rectangle(long x, long y, long width, long height, String colour) throws XMLStreamException {
		xml.writeEmptyElement("rect");
		attributes("x", x, "y", y, "width", width, "height", height, "fill", colour);
	}

	private void label(long x, long y, String anchor, String colour, String content, Object... more)
			throws XMLStreamException {
		xml.writeStartElement("text");
		attributes("x", x, "y", y, "text-anchor", anchor, "fill", colour);
		attributes(more);
		xml.writeCharacters(content);
		xml.writeEndElement();
	}

	private void element(String name, String content) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(content);
		xml.writeEndElement();
	}

	private void attributes(Object... namesAndValues) throws XMLStreamException {
		for (int i = 0; i < namesAndValues.length; i += 2) {
			xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
		}
	}

}
