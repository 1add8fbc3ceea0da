package dev.herald.tokenstore.paging;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.tokenstore.paging.PageSelects.IdRange;
import dev.herald.tokenstore.paging.PageSelects.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The devices of an application and provider, page by page in the order of registration.
 * What a page costs does not depend on how many devices there are, nor on how few match.
 *
 * <p>
 * A count with a filter is exact up to {@value #SAMPLE} registrations in each of
 * {@value #STRATA} equal ranges of registration ids. Beyond that it is an estimate: the
 * registrations of each range are counted, and the share that matches is taken from the
 * first {@value #SAMPLE} of them. Safe for use by many threads.
 */
final class DevicePages {

	/** The most registrations that one page with a filter looks at. */
	static final int WINDOW = 5000;

	/** Into how many ranges a count is divided. */
	static final int STRATA = 32;

	/** How many registrations of each range a count with a filter looks at. */
	static final int SAMPLE = 500;

	private final PageSelects selects;

	DevicePages(PageSelects selects) {
		this.selects = selects;
	}

	/** One page. */
	DevicePage page(DevicePageQuery query) {
		FilterCondition filter = FilterCondition.of(query.filter());
		long windowEnd = isFiltered(query) ? selects.nth(query, WINDOW).orElse(query.upTo()) : query.upTo();
		List<Device> devices = selects.page(query, windowEnd, filter);
		long seen = devices.size() == query.limit() ? devices.getLast().registrationId().value() : windowEnd;
		return new DevicePage(devices, seen < query.upTo() ? seen : null);
	}

	/** How many devices match, whatever the limit. */
	DeviceCount count(DevicePageQuery query) {
		FilterCondition filter = FilterCondition.of(query.filter());
		return selects.trimmed(query)
			.map(range -> new DeviceCount(count(query, range, filter), range.after() + 1, range.upTo()))
			.orElse(DeviceCount.NONE);
	}

	/** In parts either way: no statement may be long. */
	private long count(DevicePageQuery query, IdRange range, FilterCondition filter) {
		return IntStream.range(0, STRATA)
			.mapToObj(number -> range.part(number, STRATA))
			.mapToLong(part -> isFiltered(query) ? estimate(query, part, filter) : selects.count(query, part))
			.sum();
	}

	private long estimate(DevicePageQuery query, IdRange part, FilterCondition filter) {
		Sample sample = selects.sample(query, part, filter, SAMPLE);
		if (sample.rows() < SAMPLE) {
			return sample.matching();
		}
		return Math.round((double) selects.count(query, part) * sample.matching() / sample.rows());
	}

	private static boolean isFiltered(DevicePageQuery query) {
		return !query.filter().equals(DeviceFilter.NONE);
	}

}
