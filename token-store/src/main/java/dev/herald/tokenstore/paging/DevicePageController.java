package dev.herald.tokenstore.paging;

import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/devices/page} and {@code /internal/devices/count}, for campaigns: all
 * on the pool {@code worker}, so that a campaign cannot hold up anybody who waits.
 */
@RestController
@RequestMapping("/internal/devices")
class DevicePageController {

	private final DevicePages pages;

	DevicePageController(DevicePages pages) {
		this.pages = pages;
	}

	@PostMapping("/page")
	DevicePage page(@RequestBody DevicePageQuery query) {
		return pages.page(query);
	}

	@PostMapping("/count")
	DeviceCount count(@RequestBody DevicePageQuery query) {
		return pages.count(query);
	}

}
