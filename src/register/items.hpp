#pragma once

// Everything that the policy names, D-01 to D-75, whether it is collected yet or not.
#include "register/items_account.hpp"
#include "register/items_care.hpp"
#include "register/items_use.hpp"
#include "register/items_work.hpp"
