#pragma once
#include "db/database.hpp"

// The number that this process puts into its ids: leased in the database, so that no two nodes
// have the same one. Renew it within a minute.
int lease_node(db::Database&, Time now);
void renew_node(db::Tx&, int node, Time now);
