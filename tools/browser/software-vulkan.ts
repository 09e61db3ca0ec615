import { existsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Where Debian's and Ubuntu's package of Chromium keeps SwiftShader, a Vulkan driver that computes on the processor. */
const DRIVER = "/usr/lib/chromium/vk_swiftshader_icd.json";

/**
 * Environment variables with which WebGPU in Node computes on the processor, whatever graphics card there is; none where
 * the driver is not installed. They count as long as no adapter was asked for. The Vulkan loader is needed as well
 * (libvulkan1 on Debian and Ubuntu).
 */
export function softwareVulkan(): Record<string, string> {
  if (!existsSync(DRIVER)) return {};
  // The driver complains when there is no XDG_RUNTIME_DIR, though it needs none.
  return { VK_ICD_FILENAMES: DRIVER, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir() };
}
