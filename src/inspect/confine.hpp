#pragma once

namespace inspect {

// From now on this process can read and write what it has open, and use some memory and time; nothing
// else: no file, no socket, no other process. False: it could not be arranged.
bool confine();

}  // namespace inspect
