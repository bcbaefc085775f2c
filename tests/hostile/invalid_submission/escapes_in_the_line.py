# Does not compile, and the line that is quoted holds real control characters.
# llmprep: mini/softmax
def softmax(x): return [31m 2J 
