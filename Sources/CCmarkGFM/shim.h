#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>
// The node structure itself: reading its fields costs nothing, while the accessors copy every text they return.
#include <cmark-gfm/node.h>
