package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgWriterTests {

	@Test
	void whateverIsInALabelItIsWellFormed() throws Exception {
		Document svg = draw(Chart.of("a < b & \"c\"", "µs").bar("<script>", 1).bar("x & y", 2));

		assertThat(svg.getDocumentElement().getTextContent()).contains("a < b & \"c\" (µs)", "<script>", "x & y");
	}

	@Test
	void barsAreDrawnToOneScale() throws Exception {
		Document svg = draw(Chart.of("rate", "a second").bar("half", 50).bar("whole", 100));

		List<Integer> widths = widths(svg);
		assertThat(widths.get(2)).isEqualTo(2 * widths.get(1));
		assertThat(svg.getDocumentElement().getTextContent()).contains("50", "100");
	}

	@Test
	void whatIsNotKnownHasNoBar() throws Exception {
		Document svg = draw(Chart.of("cost", "µs").bar("known", 3).bar("unknown", Double.NaN));

		assertThat(widths(svg).getLast()).isZero();
		assertThat(svg.getDocumentElement().getTextContent()).contains("–");
	}

	@Test
	void nothingAtAllIsAPictureToo() throws Exception {
		assertThat(widths(draw(Chart.of("nothing", "s").bar("zero", 0)))).hasSize(2);
	}

	/** The first rectangle is the ground. */
	private static List<Integer> widths(Document svg) {
		NodeList rectangles = svg.getElementsByTagName("rect");
		return IntStream.range(0, rectangles.getLength())
			.map(i -> Integer.parseInt(((Element) rectangles.item(i)).getAttribute("width")))
			.boxed()
			.toList();
	}

	private static Document draw(Chart chart) throws Exception {
		String svg = SvgWriter.draw("title", List.of(chart), "machine");
		return DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(svg)));
	}

}
