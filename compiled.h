/* How compiled modules read attributes of what mypyc knows no layout of, structs of msgspec, named tuples, nodes of ast,
   and what stands in a module by name, such as what it has imported from one that is not compiled.

   PyObject_GetAttr looks a name up in the classes of the object's type each time, though at one place in a program it
   is nearly always the same type. So each place remembers, as the interpreter does since 3.11, which type it saw last
   and where the attribute of that name lies (mypyc's own functions ask one place for many names). tp_version_tag is
   another one as soon as anybody changes the type or what it derives from; whatever is not as remembered is asked of
   PyObject_GetAttr, which also says what is wrong. A place that sees many types in turns, as one that takes whatever
   node there is, finds what it has forgotten in a table of its file.

   What a module's dictionary has under a name is remembered with the version of the dictionary, of which no two are the
   same, and which is another one as soon as anything is put into it or taken out.

   hatch_build.py has it included before everything else. It is about speed only: without it all means the same.
*/
#ifndef DISCREET_COMPILED_H
#define DISCREET_COMPILED_H

#include <Python.h>

#if defined(__GNUC__) && !defined(Py_GIL_DISABLED) && !defined(PYPY_VERSION)

#include <stdint.h>
#include <string.h>
#include <structmember.h>

/* Dictionaries have versions up to 3.13, where asking for one is said to be deprecated since 3.12. Not those of which the
   interpreter stores values in the object itself. */
#if PY_VERSION_HEX < 0x030E0000
#define DISCREET_VERSIONS
static inline __attribute__((always_inline)) uint64_t
discreet_version(PyObject *dict)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    return ((PyDictObject *)dict)->ma_version_tag;
#pragma GCC diagnostic pop
}

static inline __attribute__((always_inline)) int
discreet_has_version(PyObject *dict)
{
    return PyDict_CheckExact(dict) && ((PyDictObject *)dict)->ma_values == NULL;
}
#endif

enum discreet_kind { DISCREET_SLOT, DISCREET_ITEM, DISCREET_ENTRY, DISCREET_MODULE };

/* What a place remembers: `at` is an offset in the object (SLOT), an index (ITEM), or where its dict lies (ENTRY, MODULE).
   Of a module it has the value as well, and the version of the dict that holds it. */
typedef struct {
    PyTypeObject *type; /* with its version: two types never have the same */
    PyObject *name;     /* owned, so that no other name comes to lie where it lies */
    unsigned int version;
    enum discreet_kind kind;
    Py_ssize_t at;
    PyObject *value; /* not owned: the dict has it as long as it has this version */
    uint64_t stamp;
} discreet_place;

/* Of each type and name that any place of this file has learned, the latest with the same number. */
#define DISCREET_KNOWN_BITS 9
static __attribute__((unused)) discreet_place discreet_known[1 << DISCREET_KNOWN_BITS];

/* The attribute as the place remembers it to lie, of what is no module. New reference; NULL with an exception. */
static inline __attribute__((always_inline)) PyObject *
discreet_read(PyObject *object, PyObject *name, const discreet_place *place)
{
    PyObject *value;
    if (__builtin_expect(place->kind == DISCREET_SLOT, 1)) {
        value = *(PyObject **)((char *)object + place->at);
    } else if (place->kind == DISCREET_ENTRY) {
        PyObject *dict = *(PyObject **)((char *)object + place->at);
        value = dict == NULL ? NULL : PyDict_GetItemWithError(dict, name);
        if (value == NULL && PyErr_Occurred())
            return NULL;
    } else {
        value = place->at < PyTuple_GET_SIZE(object) ? PyTuple_GET_ITEM(object, place->at) : NULL;
    }
    if (__builtin_expect(value == NULL, 0))
        return PyObject_GetAttr(object, name); /* of the class, or not there */
    Py_INCREF(value);
    return value;
}

static inline __attribute__((always_inline)) void
discreet_remember(discreet_place *place, discreet_place seen)
{
    Py_INCREF(seen.name);
    Py_XDECREF(place->name);
    *place = seen;
}

static inline __attribute__((always_inline)) discreet_place *
discreet_known_of(PyTypeObject *type, PyObject *name)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)type ^ ((uint64_t)(uintptr_t)name << 7)) * UINT64_C(0x9E3779B97F4A7C15);
    return &discreet_known[mixed >> (64 - DISCREET_KNOWN_BITS)];
}

/* A place that sees a type for the first time, or another than before. */
static __attribute__((noinline, unused)) PyObject *
discreet_learn(PyObject *object, PyObject *name, discreet_place *place)
{
    PyTypeObject *type = Py_TYPE(object);
    discreet_place *known = discreet_known_of(type, name);
    if (known->type == type && known->name == name && known->version == type->tp_version_tag) {
        discreet_remember(place, *known);
        return discreet_read(object, name, place);
    }
    int is_module = type->tp_getattro == PyModule_Type.tp_getattro;
    if ((type->tp_getattro != PyObject_GenericGetAttr && !is_module) || !PyUnicode_CheckExact(name))
        return PyObject_GetAttr(object, name);
    PyObject *found = _PyType_Lookup(type, name); /* borrowed; gives the type its version */
    discreet_place seen = {type, name, type->tp_version_tag, DISCREET_SLOT, -1, NULL, 0};
    if (seen.version == 0 || !PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG))
        return PyObject_GetAttr(object, name);
    if (is_module) {
#ifdef DISCREET_VERSIONS
        PyObject *dict = PyModule_Check(object) && type->tp_dictoffset > 0 && found == NULL
            ? *(PyObject **)((char *)object + type->tp_dictoffset) : NULL;
        if (dict != NULL && discreet_has_version(dict)) {
            seen.value = PyDict_GetItemWithError(dict, name);
            if (seen.value == NULL && PyErr_Occurred())
                return NULL;
            if (seen.value != NULL) {
                seen.kind = DISCREET_MODULE;
                seen.at = type->tp_dictoffset;
                seen.stamp = discreet_version(dict);
                discreet_remember(place, seen);
                Py_INCREF(seen.value);
                return seen.value;
            }
        }
#endif
        return PyObject_GetAttr(object, name);
    }
    if (found != NULL && Py_TYPE(found) == &PyMemberDescr_Type) {
        const PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
        if (member->type == T_OBJECT_EX && (member->flags & ~READONLY) == 0)
            seen.at = member->offset;
    } else if (found != NULL && PyTuple_Check(object)
               && strcmp(Py_TYPE(found)->tp_name, "collections._tuplegetter") == 0) {
        seen.kind = DISCREET_ITEM;
        seen.at = *(Py_ssize_t *)((char *)found + sizeof(PyObject)); /* its first member, since there are any */
    } else if (type->tp_dictoffset > 0 && (found == NULL || Py_TYPE(found)->tp_descr_set == NULL)) {
        seen.kind = DISCREET_ENTRY;
        seen.at = type->tp_dictoffset;
    }
    if (seen.at < 0)
        return PyObject_GetAttr(object, name);
    discreet_remember(known, seen);
    discreet_remember(place, seen);
    return discreet_read(object, name, place);
}

/* Not inlined: there are six thousand places, and what is small is read sooner. */
static __attribute__((noinline, unused)) PyObject *
discreet_attribute(PyObject *object, PyObject *name, discreet_place *place)
{
    PyTypeObject *type = Py_TYPE(object);
    if (__builtin_expect(type == place->type && name == place->name && type->tp_version_tag == place->version, 1)) {
        if (__builtin_expect(place->kind != DISCREET_MODULE, 1))
            return discreet_read(object, name, place);
#ifdef DISCREET_VERSIONS
        PyObject *dict = *(PyObject **)((char *)object + place->at);
        if (dict != NULL && discreet_version(dict) == place->stamp) {
            Py_INCREF(place->value);
            return place->value;
        }
#endif
    }
    return discreet_learn(object, name, place);
}

/* Each place where mypyc writes PyObject_GetAttr is one of its own from here on. */
#define PyObject_GetAttr(object, name)                                   \
    __extension__({                                                      \
        static discreet_place discreet_here;                             \
        discreet_attribute((PyObject *)(object), (name), &discreet_here); \
    })

#ifdef DISCREET_VERSIONS

/* What a place that looks into a dictionary remembers. */
typedef struct {
    PyObject *dict;
    PyObject *name; /* owned */
    uint64_t version;
    PyObject *value; /* not owned */
    unsigned int learned;
} discreet_entry;

/* A place that so often found another dictionary than before looks into no module. */
#define DISCREET_OTHERS 64

PyObject *CPyDict_GetItem(PyObject *, PyObject *);

static __attribute__((noinline, unused)) PyObject *
discreet_look_up(PyObject *dict, PyObject *name, discreet_entry *entry)
{
    PyObject *value = CPyDict_GetItem(dict, name);
    if (value == NULL || entry->learned >= DISCREET_OTHERS)
        return value;
    entry->dict = NULL;
    if (++entry->learned < DISCREET_OTHERS && discreet_has_version(dict) && PyUnicode_CheckExact(name)) {
        Py_INCREF(name);
        Py_XDECREF(entry->name);
        entry->name = name;
        entry->dict = dict;
        entry->version = discreet_version(dict);
        entry->value = value;
    }
    return value;
}

static inline __attribute__((always_inline)) PyObject *
discreet_item(PyObject *dict, PyObject *name, discreet_entry *entry)
{
    if (__builtin_expect(dict == entry->dict && name == entry->name && discreet_version(dict) == entry->version, 1)) {
        Py_INCREF(entry->value);
        return entry->value;
    }
    return discreet_look_up(dict, name, entry);
}

/* mypyc looks into the dictionary of its module with CPyDict_GetItem, which is no macro: where it is declared and defined,
   its first parameter begins with PyObject, and it stays what it is. */
#define DISCREET_AT_PyObject ~, DISCREET_DECLARED,
#define DISCREET_SECOND(first, second, ...) second
#define DISCREET_CHOSEN(...) DISCREET_SECOND(__VA_ARGS__)
#define DISCREET_DECLARED(dict, name) CPyDict_GetItem(dict, name)
#define DISCREET_USED(dict, name)                          \
    __extension__({                                        \
        static discreet_entry discreet_here;               \
        discreet_item((dict), (name), &discreet_here);     \
    })
#define CPyDict_GetItem(dict, name) DISCREET_CHOSEN(DISCREET_AT_##dict, DISCREET_USED, ~)(dict, name)

#endif
#endif
#endif
