// Sets TensorFlow's log level before its libraries' own constructors run: one of them prints a line about oneDNN, and
// none has read TF_CPP_MIN_LOG_LEVEL by then. The addon is linked with -z initfirst, so that this runs before them.

#include <cstdlib>

#include "absl/log/globals.h"

namespace {

struct LogLevel {
  LogLevel() {
    const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
    if (level != nullptr) absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  }
} log_level;

}  // namespace
