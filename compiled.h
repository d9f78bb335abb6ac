/* How compiled modules read attributes of what mypyc knows no layout of: structs of msgspec, named tuples, nodes of ast.

   PyObject_GetAttr looks a name up in the classes of the object's type each time, though at one place in a program it
   is nearly always the same type. So each place remembers, as the interpreter does since 3.11, which type it saw last
   and where the attribute of that name lies (mypyc's own functions ask one place for many names). tp_version_tag is another one as soon as anybody changes the type or what it derives
   from; whatever is not as remembered is asked of PyObject_GetAttr, which also says what is wrong.

   hatch_build.py has it included before everything else. It is about speed only: without it all means the same.
*/
#ifndef DISCREET_COMPILED_H
#define DISCREET_COMPILED_H

#include <Python.h>

#if defined(__GNUC__) && !defined(Py_GIL_DISABLED) && !defined(PYPY_VERSION)

#include <string.h>
#include <structmember.h>

enum discreet_kind { DISCREET_SLOT, DISCREET_ITEM, DISCREET_ENTRY };

/* What a place remembers: `at` is an offset in the object (SLOT), an index (ITEM), or where its dict lies (ENTRY). */
typedef struct {
    PyTypeObject *type; /* with its version: two types never have the same */
    PyObject *name;     /* owned, so that no other name comes to lie where it lies */
    unsigned int version;
    enum discreet_kind kind;
    Py_ssize_t at;
} discreet_place;

/* The attribute as the place remembers it to lie. New reference; NULL with an exception. */
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

/* A place that sees a type for the first time, or another than before. */
static __attribute__((noinline, unused)) PyObject *
discreet_learn(PyObject *object, PyObject *name, discreet_place *place)
{
    PyTypeObject *type = Py_TYPE(object);
    if (type->tp_getattro != PyObject_GenericGetAttr || !PyUnicode_CheckExact(name))
        return PyObject_GetAttr(object, name);
    PyObject *found = _PyType_Lookup(type, name); /* borrowed; gives the type its version */
    discreet_place seen = {type, name, type->tp_version_tag, DISCREET_SLOT, -1};
    if (seen.version == 0 || !PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG))
        return PyObject_GetAttr(object, name);
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
    Py_INCREF(name);
    Py_XDECREF(place->name);
    *place = seen;
    return discreet_read(object, name, place);
}

/* Not inlined: there are six thousand places, and what is small is read sooner. */
static __attribute__((noinline, unused)) PyObject *
discreet_attribute(PyObject *object, PyObject *name, discreet_place *place)
{
    PyTypeObject *type = Py_TYPE(object);
    if (__builtin_expect(type == place->type && name == place->name && type->tp_version_tag == place->version, 1))
        return discreet_read(object, name, place);
    return discreet_learn(object, name, place);
}

/* Each place where mypyc writes PyObject_GetAttr is one of its own from here on. */
#define PyObject_GetAttr(object, name)                                   \
    __extension__({                                                      \
        static discreet_place discreet_here;                             \
        discreet_attribute((PyObject *)(object), (name), &discreet_here); \
    })

#endif
#endif
