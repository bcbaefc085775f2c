# A function where a class is asked for.
# llmprep: mini/running-mean
def RunningMean(start):
    return start
