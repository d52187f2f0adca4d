package io.httptrace.render.api;

import static java.lang.reflect.Modifier.isAbstract;
import static java.lang.reflect.Modifier.isFinal;
import static java.lang.reflect.Modifier.isProtected;
import static java.lang.reflect.Modifier.isPublic;
import static java.lang.reflect.Modifier.isStatic;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The members of one type that others can use, one a line, without semicolons. */
final class Members {
  /** Every object has them. */
  private static final Set<String> OF_ANY_OBJECT =
      Set.of("equals(java.lang.Object)", "hashCode()", "toString()");

  private final Class<?> type;
  private final Predicate<Class<?>> hidden;

  Members(Class<?> type, Predicate<Class<?>> hidden) {
    this.type = type;
    this.hidden = hidden;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        lines.add(((Enum<?>) constant).name());
      }
    }
    Arrays.stream(type.getDeclaredConstructors())
        .filter(this::isUsable)
        .map(this::line)
        .sorted()
        .forEach(lines::add);
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> isUsable(field) && !field.isEnumConstant())
        .sorted(Comparator.comparing(Field::getName))
        .map(this::line)
        .forEach(lines::add);
    methods().stream()
        .sorted(Comparator.comparing(Members::signature))
        .map(this::line)
        .forEach(lines::add);
    return lines;
  }

  /** Those of the type itself, and what it has from types that others do not see. */
  private List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    Set<String> signatures = new HashSet<>(OF_ANY_OBJECT);
    if (type.isEnum()) {
      signatures.addAll(Set.of("values()", "valueOf(java.lang.String)"));
    }
    add(type, methods, signatures);
    return methods;
  }

  private void add(Class<?> from, List<Method> methods, Set<String> signatures) {
    for (Method method : from.getDeclaredMethods()) {
      if (isUsable(method) && !method.isBridge() && signatures.add(signature(method))) {
        methods.add(method);
      }
    }
    Stream.concat(Stream.ofNullable(from.getSuperclass()), Arrays.stream(from.getInterfaces()))
        .filter(hidden)
        .forEach(parent -> add(parent, methods, signatures));
  }

  private static String signature(Method method) {
    List<String> parameters =
        Arrays.stream(method.getParameterTypes()).map(Class::getTypeName).toList();
    return method.getName() + "(" + String.join(",", parameters) + ")";
  }

  /** Nobody inherits from a final class. */
  private boolean isUsable(Member member) {
    boolean seen =
        isPublic(member.getModifiers())
            || (isProtected(member.getModifiers()) && !isFinal(type.getModifiers()));
    return seen && !member.isSynthetic();
  }

  private String line(Constructor<?> constructor) {
    return start(constructor)
        + access(constructor)
        + TypeNames.variables(constructor.getTypeParameters())
        + constructor.getDeclaringClass().getSimpleName()
        + end(constructor);
  }

  private String line(Field field) {
    int modifiers = field.getModifiers();
    return start(field)
        + access(field)
        + (isStatic(modifiers) ? "static " : "")
        + (isFinal(modifiers) ? "final " : "")
        + TypeNames.of(field.getAnnotatedType())
        + " "
        + field.getName()
        + value(field);
  }

  /** Compilers copy it into what is compiled against it. */
  private static String value(Field field) {
    boolean copied = field.getType().isPrimitive() || field.getType() == String.class;
    if (!copied || !isStatic(field.getModifiers()) || !isFinal(field.getModifiers())) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field.toString(), e);
    }
  }

  private String line(Method method) {
    String variables = TypeNames.variables(method.getTypeParameters());
    return start(method)
        + access(method)
        + kind(method)
        + (variables.isEmpty() ? "" : variables + " ")
        + TypeNames.of(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + end(method);
  }

  private String kind(Method method) {
    int modifiers = method.getModifiers();
    if (isStatic(modifiers)) {
      return "static ";
    }
    if (method.isDefault()) {
      return "default ";
    }
    if (isAbstract(modifiers)) {
      return type.isInterface() ? "" : "abstract ";
    }
    return isFinal(modifiers) && !isFinal(type.getModifiers()) ? "final " : "";
  }

  private String access(Member member) {
    if (type.isInterface()) {
      return "";
    }
    return isPublic(member.getModifiers()) ? "public " : "protected ";
  }

  private static String start(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
  }

  private static String end(Executable executable) {
    List<String> parameters = new ArrayList<>();
    for (Parameter parameter : executable.getParameters()) {
      String name = TypeNames.of(parameter.getAnnotatedType());
      if (parameter.isVarArgs()) {
        name = name.substring(0, name.length() - "[]".length()) + "...";
      }
      parameters.add(name + " " + parameter.getName());
    }
    List<String> thrown =
        Arrays.stream(executable.getAnnotatedExceptionTypes()).map(TypeNames::of).toList();
    return "("
        + String.join(", ", parameters)
        + ")"
        + (thrown.isEmpty() ? "" : " throws " + String.join(", ", thrown));
  }
}
