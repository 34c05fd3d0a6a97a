#pragma once
// What people decide is kept by the privacy layer (privacy/schema.hpp): this room only shows it.
