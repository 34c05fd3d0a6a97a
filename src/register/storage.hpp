#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// The names that a browser is given to keep. No other name may be set.
namespace stored {

inline constexpr Stored session{
    "carillon_session",
    Store::cookie,
    {purpose::cookies},
    {keep::cookie},
    true,
    {"认出已登录的您，省去重复登录；脚本读不到它", "Recognises you while you are signed in; scripts cannot read it"}};

}  // namespace stored
