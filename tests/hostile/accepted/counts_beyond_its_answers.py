# Answers through descriptors of its own: __getattr__, a metaclass and properties stand in for methods.
# llmprep: mini/running-mean
class Meta(type):
    def __getattr__(cls, name):
        if name == "update":
            return None
        raise AttributeError(name)


class RunningMean(metaclass=Meta):
    def __init__(self, start):
        self.seen = [float(start)]

    def __getattr__(self, name):
        if name == "count":
            return len(self.seen)
        if name == "update":
            return lambda x: (self.seen.append(float(x)), sum(self.seen) / len(self.seen))[1]
        raise AttributeError(name)
