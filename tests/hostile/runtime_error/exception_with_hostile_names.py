# An exception whose metaclass lies about its name, bases and module, and whose traceback is an object of its own.
# llmprep: mini/softmax
class Meta(type):
    def mro(cls):
        return [cls, ValueError, *type.mro(Exception)]

    def __getattribute__(cls, name):
        raise SystemExit

    def __instancecheck__(cls, instance):
        return True


class Lie(ValueError, metaclass=Meta):
    __traceback__ = property(lambda self: self)
    tb_frame = f_code = tb_next = property(lambda self: self)
    tb_lineno = 10**100


def softmax(x):
    raise Lie("x")
