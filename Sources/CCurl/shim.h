#pragma once
// Source: libcurl's curl/curl.h. Its interface (SONAME 4) has kept every function and number since 2006, so the few that are used
// stand here and in Registries/Curl, and neither headers nor the library are needed to build. It is opened when it is first wanted.
//
// The two functions with a variable number of arguments cannot be called from Swift; these call them with the types they take.
#include <dlfcn.h>
#include <stddef.h>

typedef int (*ccurl_variadic)(void *handle, int name, ...);
typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);

// What the library says of an option, `struct curl_easyoption`.
struct ccurl_option {
    const char *name;
    int number;
    int type;
    unsigned int flags;
};

static inline int ccurl_set_number(void *function, void *handle, int option, long value) {
    return ((ccurl_variadic)function)(handle, option, value);
}

static inline int ccurl_set_pointer(void *function, void *handle, int option, const void *value) {
    return ((ccurl_variadic)function)(handle, option, value);
}

static inline int ccurl_set_receiver(void *function, void *handle, int option, ccurl_receiver value) {
    return ((ccurl_variadic)function)(handle, option, value);
}

static inline int ccurl_get_number(void *function, void *handle, int info, long *value) {
    return ((ccurl_variadic)function)(handle, info, value);
}
